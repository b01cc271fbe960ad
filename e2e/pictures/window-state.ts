import type { PageTexts } from "../../locales/page-texts.ts";
import type {
  ConversationsState,
  DraftView,
  PanelState,
  ToastState,
  WindowRole,
} from "../../preload/contract.ts";

/** One picture: a window in one state. */
export interface WindowState {
  readonly name: string;
  readonly role: WindowRole;
  readonly state: PanelState | ToastState | ConversationsState;
  /** What was written and not sent in a conversation. */
  readonly drafts?: readonly DraftView[];
  readonly size: { readonly width: number; readonly height: number };
  /** Clicked once the page stands, by accessible name, in the language of the pictures. */
  readonly click?: (texts: PageTexts) => string;
  /** The page scrolls what was said up to its beginning. */
  readonly scrolledUp?: true;
}

/** Pictures that were taken of one, a file for each colour scheme. */
export interface TakenWindow {
  readonly name: string;
  readonly width: number;
  readonly files: readonly string[];
}
