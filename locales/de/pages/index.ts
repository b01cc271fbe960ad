import { cards } from "./cards.ts";
import { connection } from "./connection.ts";
import { conversation } from "./conversation.ts";
import { history } from "./history.ts";
import { life } from "./life.ts";
import { panel } from "./panel.ts";
import { settings } from "./settings.ts";

export const texts = { cards, connection, conversation, history, life, panel, settings };
