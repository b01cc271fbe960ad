import type { Page } from "@playwright/test";

/** What is typed into the panel's form. */
export interface SignInForm {
  readonly address: string;
  readonly password: string;
  readonly server: string;
  /** Whether the keyring is to keep the password; as the form proposes when left out. */
  readonly remember?: boolean;
}

/** Fills in the panel's sign-in form as a person does, and sends it. The password goes into its field and nowhere else. */
export async function fillSignIn(panel: Page, form: SignInForm): Promise<void> {
  await panel.getByLabel("Sign-in address").fill(form.address);
  const field = panel.getByRole("textbox", { name: "Server address" });
  if (!(await field.isVisible())) await panel.locator("summary", { hasText: "Server address" }).click();
  await field.fill(form.server);
  const keep = panel.getByLabel("Remember my password");
  if (form.remember !== undefined && (await keep.isEnabled())) await keep.setChecked(form.remember);
  await panel.getByLabel("Password", { exact: true }).fill(form.password);
  const button = panel.getByRole("button", { name: "Sign in" });
  // Scrolled to first: a button takes no click while it moves, and a person waits until it stands.
  await button.scrollIntoViewIfNeeded();
  await button.click();
}
