import type { ComponentChild } from "preact";

function Icon({ size = 20, children }: { readonly size?: number; readonly children: ComponentChild }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function BellIcon({ size }: { readonly size?: number }) {
  return (
    <Icon {...(size === undefined ? {} : { size })}>
      <path d="M6 16V10.5a6 6 0 0 1 12 0V16l1.5 2.2h-15z" />
      <path d="M10 21h4" />
    </Icon>
  );
}

/** Nothing rings. */
export function QuietIcon({ size }: { readonly size?: number }) {
  return (
    <Icon {...(size === undefined ? {} : { size })}>
      <path d="M8.2 5.9A6 6 0 0 1 18 10.5V14M6 10.5V16l-1.5 2.2h12" />
      <path d="M10 21h4M4 3l16 18" />
    </Icon>
  );
}

export function ChevronIcon() {
  return (
    <Icon size={16}>
      <path d="m7 10 5 5 5-5" />
    </Icon>
  );
}

export function GearIcon() {
  return (
    <Icon>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </Icon>
  );
}

export function BackIcon() {
  return (
    <Icon>
      <path d="M14.5 6 8.5 12l6 6" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon size={16}>
      <path d="m6 6 12 12M18 6 6 18" />
    </Icon>
  );
}

export function WarningIcon() {
  return (
    <Icon>
      <path d="M12 4 2.8 19.5h18.4z" />
      <path d="M12 10v4M12 16.9v.1" />
    </Icon>
  );
}

export function BubbleIcon({ size }: { readonly size?: number }) {
  return (
    <Icon {...(size === undefined ? {} : { size })}>
      <path d="M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 19 16h-7l-4.5 3.5V16H5a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 5 5z" />
    </Icon>
  );
}

export function CopyIcon() {
  return (
    <Icon size={16}>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2" />
      <path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2" />
    </Icon>
  );
}

export function PersonIcon() {
  return (
    <Icon>
      <circle cx="12" cy="8.5" r="3.5" />
      <path d="M5 19.5c1-3.5 3.7-5 7-5s6 1.5 7 5" />
    </Icon>
  );
}

/** A message to somebody. */
export function ChatIcon() {
  return (
    <Icon>
      <path d="M4 5h16v11H10l-4 3.5V16H4z" />
    </Icon>
  );
}

/** A message that begins. */
export function ComposeIcon() {
  return (
    <Icon>
      <path d="M12.5 5H4v11h2v3.5l4-3.5h9v-4.5" />
      <path d="M18 3v6M15 6h6" />
    </Icon>
  );
}
