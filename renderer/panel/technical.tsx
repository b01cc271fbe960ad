/** What an administrator wants to know, for whoever opens it. */
export function Technical({ text }: { readonly text: string }) {
  if (text === "") return null;
  return (
    <details>
      <summary>Details</summary>
      <p class="hint">{text}</p>
    </details>
  );
}
