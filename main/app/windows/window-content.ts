import { texts } from "../../../locales/texts.ts";
import type { LifeView, QuietView, SettingsChange } from "../../../preload/contract.ts";
import type { AppSettingsStore } from "../../account/app-settings.ts";
import type { StateSource } from "../../core/app-state.ts";
import { photoPath } from "../../desktop/app-scheme.ts";
import type { History } from "../../invitations/history/history.ts";
import { Refusal } from "../../ipc/router.ts";
import { conversationsSummary } from "../../ipc/conversation-views.ts";
import { callViews, historyViews, invitationView, ringing, sessionView } from "../../ipc/views.ts";
import type { PanelContent, PhotoOf, ToastContent } from "../../ipc/views.ts";
import type { Photos } from "../../people/photo.ts";
import type { Alerts } from "../../surfaces/alerts.ts";
import type { NotificationProblem } from "../../surfaces/native/notification-problem.ts";
import type { Clock } from "../../platform/ports.ts";
import type { Quiet } from "../../core/quiet/quiet.ts";
import { quietLabel, silenceNow } from "../../core/quiet/quiet-label.ts";
import type { Announcements } from "../../surfaces/announcements.ts";
import type { AppSounds } from "../bell/app-sounds.ts";
import type { KeptPassword } from "../sign-in/kept-password.ts";
import type { PersonalSession } from "../sign-in/personal-session.electron.ts";
import type { PanelCalling } from "./panel-calling.ts";
import type { Quietness } from "../bell/quietness.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import { singleSignOnOf } from "../sign-in/sign-in-questions.ts";
import type { SignInSettings } from "../sign-in/sign-in-settings.ts";

export interface PanelSources {
  /** What is shown of it. */
  readonly doorbell: Pick<StateSource, "state"> & { readonly photos: Pick<Photos, "of"> };
  readonly history: History;
  readonly settings: AppSettingsStore;
  readonly signIn: Pick<SignIn, "wasOnline" | "withoutPassword"> & {
    readonly settings: Pick<SignInSettings, "trusted">;
    readonly kept: Pick<KeptPassword, "possible" | "problem" | "notice">;
  };
  readonly page: Pick<PersonalSession, "pageHost">;
  readonly alerts: Pick<Alerts, "problem" | "canToast">;
  readonly announcements: Announcements;
  readonly calling: Pick<PanelCalling, "compose" | "closed">;
  readonly quietness: Pick<Quietness, "causes">;
  readonly sounds: Pick<AppSounds, "files" | "view">;
  readonly clock: Pick<Clock, "now">;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly life: LifeView;
}

/** Everything that the panel shows, from where it is known. */
export function panelContent(sources: PanelSources): PanelContent {
  const { doorbell, history, settings, signIn, page, alerts, announcements, calling, version, platform } =
    sources;
  const invitations = ringing(doorbell.state.invitations);
  const photoOf = pathsOf(doorbell.photos);
  const windows = announcements.of(invitations.map(({ id }) => id));
  const { address, server, language, notifications, trayIcon, afterAccept, personLinks } = settings.current;
  const { quietHours, followSystemFocus, followPresence, soundVolume, soundsOn } = settings.current;
  const { kept } = signIn;
  const problem = alerts.problem;
  return {
    session: sessionView(doorbell.state.session, signIn.wasOnline),
    account: {
      address: address ?? "",
      server: server ?? "",
      canRemember: kept.possible,
      rememberedProblem: kept.problem,
      singleSignOn: singleSignOnOf(platform),
      withoutPassword: signIn.withoutPassword,
      trusted: signIn.settings.trusted,
      pageHost: page.pageHost,
    },
    ringing: invitations.map((one) => {
      const silence = silenceNow(one.importance, sources.quietness.causes, sources.clock.now());
      return invitationView(one, windows.get(one.id) === "panel", photoOf, silence);
    }),
    calls: callViews(doorbell.state.invitations, calling.closed, photoOf),
    compose: calling.compose,
    history: historyViews(history.content, photoOf),
    conversations: conversationsSummary(doorbell.state.conversations),
    settings: {
      language,
      notifications,
      trayIcon,
      afterAccept,
      personLinks,
      quietHours,
      followSystemFocus,
      followPresence,
      soundVolume,
      soundsOn,
    },
    quiet: quietView(sources.quietness.causes, sources.clock.now()),
    canToast: alerts.canToast,
    notices: [
      ...settings.problems,
      ...history.problems,
      ...(kept.notice === null ? [] : [kept.notice]),
      ...(problem === null ? [] : [problemLabel(problem, alerts.canToast)]),
    ],
    version,
    life: sources.life,
    soundFiles: sources.sounds.files,
  };
}

function quietView([quiet]: readonly Quiet[], now: number): QuietView | null {
  return quiet === undefined
    ? null
    : { cause: quiet.cause, words: quietLabel(quiet.cause, quiet.until, now) };
}

function problemLabel({ code, detail }: NotificationProblem, canToast: boolean): string {
  const { unavailable, popUpInstead, windowInstead } = texts.notifications;
  const isMissing = code === "noBus" || code === "noService";
  return `${isMissing ? unavailable : detail} ${canToast ? popUpInstead : windowInstead}`;
}

/** What the toast shows, and plays. */
export function toastContent({
  doorbell,
  alerts,
  announcements,
  sounds,
}: Pick<PanelSources, "doorbell" | "announcements" | "sounds"> & {
  readonly alerts: Pick<Alerts, "toasts" | "sounding">;
}): ToastContent {
  const windows = announcements.of(ringing(doorbell.state.invitations).map(({ id }) => id));
  const photoOf = pathsOf(doorbell.photos);
  return {
    invitations: alerts.toasts.map((one) => invitationView(one, windows.get(one.id) === "toast", photoOf)),
    sound: sounds.view(alerts.sounding),
  };
}

/** Where the pages find the photo of somebody. */
export function pathsOf(photos: Pick<Photos, "of">): PhotoOf {
  return (uri) => {
    const photo = photos.of(uri);
    return photo && photoPath(photo.id);
  };
}

/** Throws `Refusal` when the settings cannot be written. */
export function changeSettings(settings: AppSettingsStore, change: SettingsChange): void {
  // What is handed over by `sip:` would come straight back.
  const here = change.personLinks ?? settings.current.personLinks;
  try {
    settings.change(here ? { ...change, afterAccept: "here" } : change);
  } catch {
    throw new Refusal("failed", texts.program.settings.notSaved);
  }
}

/** Rejects with `Refusal` when the system does not do as the person wants. */
export async function changeLinks(
  { personLinks }: SettingsChange,
  take: (wanted: boolean) => Promise<boolean>,
): Promise<void> {
  if (personLinks === undefined || (await take(personLinks))) return;
  const { linksNotTaken, linksLeft } = texts.program.settings;
  throw new Refusal("failed", personLinks ? linksNotTaken : linksLeft);
}
