// What everything that draws needs.

export const byId = (id) => document.getElementById(id);

/** Makes an element with a text, which is never read as markup. */
export function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** Setting the same text again would make screen readers repeat it and drop selections. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export function time(at) {
  return new Date(at).toLocaleTimeString([], { timeStyle: "medium", hourCycle: "h23" });
}
