import type { doctor as english } from "../../en/main/doctor.ts";

export const doctor: typeof english = {};
