import { texts } from "../../locales/page-texts.ts";

/** What an administrator wants to know, for whoever opens it. */
export function Technical({ text }: { readonly text: string }) {
  if (text === "") return null;
  return (
    <details>
      <summary>{texts.connection.details}</summary>
      <p class="hint">{text}</p>
    </details>
  );
}
