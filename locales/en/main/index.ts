import { conversations } from "./conversations.ts";
import { doctor } from "./doctor.ts";
import { help } from "./help.ts";
import { invitations } from "./invitations.ts";
import { notifications } from "./notifications.ts";
import { program } from "./program.ts";
import { quiet } from "./quiet.ts";
import { server } from "./server.ts";
import { signIn } from "./sign-in.ts";
import { terminal } from "./terminal.ts";
import { testRing } from "./test-ring.ts";
import { tray } from "./tray.ts";

export const texts = {
  conversations,
  doctor,
  help,
  invitations,
  notifications,
  program,
  quiet,
  server,
  signIn,
  terminal,
  testRing,
  tray,
};
