import type { ButtonHTMLAttributes, ReactElement, ReactNode } from "react";

import { Icon, type IconName } from "./icon.tsx";

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> {
  readonly icon?: IconName;
  readonly look?: "plain" | "primary" | "quiet";
  readonly children: ReactNode;
}

/** A button with words. */
export const Button = ({ icon, look = "plain", children, className = "", ...rest }: ButtonProps): ReactElement => (
  <button type="button" className={`button button-${look} ${className}`} {...rest}>
    {icon === undefined ? null : <Icon name={icon} />}
    <span>{children}</span>
  </button>
);

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "aria-label" | "title"> {
  readonly icon: IconName;
  /** What it does: its name for everyone. */
  readonly label: string;
  /** Shown after the label, such as `Ctrl+B`. */
  readonly keys?: string | null;
}

/** A button that is only a drawing; its name is its tooltip. */
export const IconButton = ({ icon, label, keys = null, className = "", ...rest }: IconButtonProps): ReactElement => (
  <button
    type="button"
    className={`icon-button ${className}`}
    aria-label={label}
    title={keys === null ? label : `${label} (${keys})`}
    {...rest}
  >
    <Icon name={icon} />
  </button>
);
