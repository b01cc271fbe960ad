const DOORBELL = `Doorbell rings when someone invites you to a Skype for Business conversation.

Usage: doorbell <command> [options]

Commands:
  watch      sign in, then show who rings, until told to quit
  doctor     check everything that watch needs, one line each

Options:
  --help     this text; after a command, the options of that command
  --version  the version
`;

// The options that watch and doctor have in common.
const ACCOUNT = `  --user ADDRESS     sign-in address, "sip:" optional
  --server URL       autodiscover root to start from; without it, the server is
                     looked for by the domain of the address
  --password-stdin   the first line of standard input is the password; without
                     it: DOORBELL_PASSWORD, which other programs of yours can
                     read in /proc/PID/environ, then the keyring, then a prompt
                     when standard input is a terminal
`;
const TRUST = `  --trust ORIGIN     approve an origin, such as https://lync.example.com, that
                     the search for the server would have to ask about; may be
                     repeated
`;
const LOG = `  --log LEVEL        log to standard error: error, warn, info or debug;
                     default warn
  --help             this text
`;

const WATCH = `Usage: doorbell watch [options]

Signs in, then shows every change until told to quit. What is not given is taken
from the settings of the Doorbell app, which are never changed.

On a terminal the keys that do something are drawn at its bottom: a accepts and
d declines who rings, Enter opens a row to write in, c calls somebody by name or
address. In that row every key is text; Enter sends, Alt+Enter begins a new
line, Esc leaves the row and keeps the text.

${ACCOUNT}  --json             one JSON object a line on standard output, commands as one
                     JSON object a line on standard input
${TRUST}  --notify           also show native notifications with Accept and Decline
                     (Linux)
${LOG}
Lines in with --json; a "tag" in any of them comes back in its answer:
  {"accept":ID}   {"decline":ID,"reason":"Global"|"Local"}   {"cancel":ID}
  {"invite":ADDRESS,"message":TEXT,"subject":TEXT,"importance":"Urgent"}
  {"say":CONVERSATION,"text":TEXT}   {"leave":CONVERSATION}
  {"sayAgain":MESSAGE,"conversation":CONVERSATION}   a message that has failed
  {"search":TEXT}   people by name, address or number, in its answer
  {"reconnect":true}   {"quit":true}

Exit status: 0 quit as told, 1 a fault of its own, 2 wrong usage, 5 the output
could not be written, 129, 130, 143 ended by HUP, INT, TERM; without --json also
3 sign-in refused or in need of somebody who is not there, 4 no server found.
`;

const DOCTOR = `Usage: doorbell doctor [options]

Checks, one line each with what was found: the names of the server, the way to
it, its certificate, the sign-in, that the server would tell of an invitation
(watched for ten seconds), the keyring, the notifications and the tray. It signs
in as watch does and signs out again; what rings meanwhile is not answered. What
is not given is taken from the settings of the Doorbell app, which are never
changed.

${ACCOUNT}  --json             one JSON object a line on standard output
${TRUST}${LOG}
Exit status: 0 all that watch needs is there, 1 something is missing, 2 wrong
usage, 5 the output could not be written, 129, 130, 143 ended by HUP, INT, TERM.
Keyring, notifications and tray are not needed by watch: where they are missing,
it is a warning.
`;

/**
 * What `doorbell --help` prints, and after each command: lines of at most 80 columns. Names of commands, options and
 * fields are the same in every language.
 */
export const help = { doorbell: DOORBELL, watch: WATCH, doctor: DOCTOR };
