import type { Page } from "@playwright/test";

/** What is typed into the panel's form. */
export interface SignInForm {
  readonly address: string;
  readonly password: string;
  readonly server: string;
  /** Whether the keyring is to keep the password; as the form proposes when left out. */
  readonly remember?: boolean;
}

const SENT_LIMIT_MS = 1_000;
const MOST_TRIES = 3;

/** Fills in the panel's sign-in form as a person does, and sends it. The password goes into its field and nowhere else. */
export async function fillSignIn(panel: Page, form: SignInForm): Promise<void> {
  await panel.getByLabel("Sign-in address").fill(form.address);
  const field = panel.getByRole("textbox", { name: "Server address" });
  if (!(await field.isVisible())) await panel.locator("summary", { hasText: "Server address" }).click();
  await field.fill(form.server);
  const keep = panel.getByLabel("Remember my password");
  if (form.remember !== undefined && (await keep.isEnabled())) await keep.setChecked(form.remember);
  const password = panel.getByLabel("Password", { exact: true });
  await password.fill(form.password);
  const button = panel.getByRole("button", { name: "Sign in" });
  // A button that has just moved takes no click, scrolling included; a person who sees nothing happen clicks again.
  // What was sent has left its field.
  for (let tries = 1; ; tries += 1) {
    await button.scrollIntoViewIfNeeded();
    await button.click();
    const left = await password.waitFor({ state: "detached", timeout: SENT_LIMIT_MS }).then(
      () => "",
      () => password.inputValue({ timeout: SENT_LIMIT_MS }).catch(() => ""),
    );
    if (form.password === "" || left !== form.password || tries === MOST_TRIES) return;
  }
}
