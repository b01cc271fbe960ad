import type { Page } from "@playwright/test";

/** What is typed into the panel's form. */
export interface SignInForm {
  readonly address: string;
  readonly password: string;
  readonly server: string;
  /** Whether the keyring is to keep the password; as the form proposes when left out. */
  readonly remember?: boolean;
}

/**
 * Fills in the panel's sign-in form as a person does, and sends it by Enter in the password's field. The password goes into
 * that field and nowhere else.
 */
export async function fillSignIn(panel: Page, form: SignInForm): Promise<void> {
  await panel.getByLabel("Sign-in address").fill(form.address);
  const field = panel.getByRole("textbox", { name: "Server address" });
  if (!(await field.isVisible())) await panel.locator("summary", { hasText: "Server address" }).click();
  await field.fill(form.server);
  const keep = panel.getByLabel("Remember my password");
  if (form.remember !== undefined && (await keep.isEnabled())) await keep.setChecked(form.remember);
  const password = panel.getByLabel("Password", { exact: true });
  await password.fill(form.password);
  await password.press("Enter");
}
