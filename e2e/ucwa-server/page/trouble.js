// Faults and switches: what the server can be made to do wrong.

const faultForm = document.getElementById("fault");
const switchForm = document.getElementById("switches");
const passive = "urn:microsoft.rtc:passive";

/**
 * Connects the forms.
 * @param {(method: string, path: string, body?: unknown) => Promise<void>} control
 * @param {(text: string) => void} failed
 */
export function trouble(control, failed) {
  const attempt = (method, path, body) =>
    void control(method, path, body).catch((error) => failed(error.message));
  faultForm.addEventListener("submit", (event) => {
    event.preventDefault();
    const { effect, endpoint } = faultForm.elements;
    attempt("POST", "faults", {
      endpoint: endpoint.value,
      now: endpoint.value === "events",
      ...JSON.parse(effect.value),
    });
  });
  document.getElementById("clear-faults").addEventListener("click", () => attempt("DELETE", "faults"));
  switchForm.addEventListener("change", ({ target }) => attempt("PUT", "switches", thrown(target)));
}

let grants = [];

function thrown({ name, checked, value }) {
  if (name === "portal") return { portal: checked ? value : "off" };
  if (name === "sentMessages") return { sentMessages: checked ? value : "delivered" };
  if (name !== "passive") return { [name]: checked };
  const others = grants.filter((type) => type !== passive);
  return { grants: checked ? [passive, ...others] : others };
}

/** Shows what waits and how the switches stand, whoever threw them. */
export function drawTrouble({ faults, held, switches, fingerprint }) {
  ({ grants } = switches);
  const said = `${faults.length} waiting, ${held} held back.`;
  const line = document.getElementById("faults");
  if (line.textContent !== said) line.textContent = said;
  switchForm.elements.rejectPasswords.checked = switches.rejectPasswords;
  switchForm.elements.portal.checked = switches.portal !== "off";
  switchForm.elements.sentMessages.checked = switches.sentMessages !== "delivered";
  switchForm.elements.passive.checked = grants.includes(passive);
  document.getElementById("certificate").hidden = fingerprint === null;
  document.getElementById("fingerprint").textContent = fingerprint ?? "";
}
