import { join } from "node:path";
import { app } from "electron";
import log from "electron-log/node";

/** One file, and one older one beside it. */
const MOST_BYTES = 1024 * 1024;

/** Writes one line or several to the log file of the app; everything that is to be kept out of it is kept out before. */
export function openLogFile(): (lines: string) => void {
  const logger = log.create({ logId: "doorbell" });
  logger.transports.console.level = false;
  logger.transports.file.resolvePathFn = () => join(app.getPath("logs"), "doorbell.log");
  // Nothing that rings waits for the disk. What was logged when the program ends is written by then.
  logger.transports.file.sync = false;
  logger.transports.file.maxSize = MOST_BYTES;
  logger.transports.file.writeOptions = { flag: "a", mode: 0o600, encoding: "utf8" };
  logger.transports.file.format = "{text}";
  return (lines) => logger.info(lines);
}
