import type { help as english } from "../../en/main/help.ts";

const DOORBELL = `Doorbell klingelt, wenn jemand Sie zu einer Unterhaltung in Skype for Business
einlädt.

Aufruf: doorbell <Befehl> [Optionen]

Befehle:
  watch      anmelden, dann zeigen, wer klingelt, bis Sie es beenden
  doctor     alles prüfen, was watch braucht, mit je einer Zeile

Optionen:
  --help     dieser Text; nach einem Befehl dessen Optionen
  --version  die Version
`;

// The options that watch and doctor have in common.
const ACCOUNT = `  --user ADRESSE     Anmeldeadresse, mit oder ohne „sip:“
  --server URL       Adresse, an der die automatische Suche (Autodiscover)
                     beginnt; ohne sie wird der Server nach der Domäne der
                     Anmeldeadresse gesucht
  --password-stdin   die erste Zeile der Standardeingabe ist das Kennwort; sonst
                     gilt DOORBELL_PASSWORD, das Ihre anderen Programme in
                     /proc/PID/environ lesen können, dann der Schlüsselbund,
                     dann eine Frage, wenn die Standardeingabe ein Terminal ist
`;
const TRUST = `  --trust ADRESSE    einer Adresse vertrauen, etwa https://lync.example.com,
                     nach der die Suche nach dem Server sonst fragen müsste;
                     mehrfach möglich
`;
const LOG = `  --log STUFE        Protokoll auf der Standardfehlerausgabe: error, warn, info
                     oder debug; sonst warn
  --help             dieser Text
`;

const WATCH = `Aufruf: doorbell watch [Optionen]

Meldet Sie an und zeigt dann, was sich ändert, bis Sie es beenden. Was nicht
angegeben ist, kommt aus den Einstellungen der Doorbell-App, die nie geändert
werden.

Auf einem Terminal stehen unten die Tasten, die gerade etwas tun: a nimmt an und
d lehnt ab, wer klingelt, Eingabe öffnet eine Zeile zum Schreiben, c ruft
jemanden nach Name oder Adresse an. In dieser Zeile ist jede Taste Text; Eingabe
sendet, Alt+Eingabe beginnt eine neue Zeile, Esc verlässt die Zeile und behält
den Text.

${ACCOUNT}  --json             ein JSON-Objekt je Zeile auf der Standardausgabe, Befehle
                     als ein JSON-Objekt je Zeile auf der Standardeingabe; immer
                     auf Englisch
${TRUST}  --notify           auch Mitteilungen des Systems zeigen, mit Annehmen und
                     Ablehnen (Linux)
${LOG}
Eingabezeilen mit --json; ein „tag“ darin kommt in der Antwort zurück:
  {"accept":ID}   {"decline":ID,"reason":"Global"|"Local"}   {"cancel":ID}
  {"invite":ADRESSE,"message":TEXT,"subject":TEXT,"importance":"Urgent"}
  {"say":UNTERHALTUNG,"text":TEXT}   {"leave":UNTERHALTUNG}
  {"sayAgain":NACHRICHT,"conversation":UNTERHALTUNG}   eine fehlgeschlagene
  {"search":TEXT}   Personen nach Name, Adresse oder Nummer, in der Antwort
  {"reconnect":true}   {"quit":true}

Rückgabewert: 0 wie gewünscht beendet, 1 eigener Fehler, 2 falscher Aufruf,
5 die Ausgabe konnte nicht geschrieben werden, 129, 130, 143 beendet durch HUP,
INT, TERM; ohne --json auch 3 Anmeldung abgewiesen, oder sie braucht jemanden,
der nicht da ist, 4 kein Server gefunden.
`;

const DOCTOR = `Aufruf: doorbell doctor [Optionen]

Prüft mit je einer Zeile: die Namen des Servers, den Weg zu ihm, sein
Zertifikat, die Anmeldung, ob der Server von einer Einladung berichten würde
(zehn Sekunden lang beobachtet), den Schlüsselbund, die Mitteilungen und die
Leiste. Meldet Sie an wie watch und wieder ab; was dabei klingelt, wird nicht
beantwortet. Was nicht angegeben ist, kommt aus den Einstellungen der
Doorbell-App, die nie geändert werden.

${ACCOUNT}  --json             ein JSON-Objekt je Zeile auf der Standardausgabe; immer
                     auf Englisch
${TRUST}${LOG}
Rückgabewert: 0 alles, was watch braucht, ist da, 1 etwas fehlt, 2 falscher
Aufruf, 5 die Ausgabe konnte nicht geschrieben werden, 129, 130, 143 beendet
durch HUP, INT, TERM. Schlüsselbund, Mitteilungen und Leiste braucht watch
nicht: Fehlen sie, ist das eine Warnung.
`;

export const help: typeof english = { doorbell: DOORBELL, watch: WATCH, doctor: DOCTOR };
