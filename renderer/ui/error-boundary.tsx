import { Component, type ReactNode } from "react";

import { text } from "../text/text.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly error: Error | null;
}

/** Keeps a part of the window that fails from taking the rest with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="state-view state-failed" role="alert">
        <Icon name="invalid" size={28} />
        <p className="state-title">{text.failure.title}</p>
        <p className="state-next">{text.failure.next}</p>
        <div className="state-actions">
          <Button look="primary" onClick={() => this.setState({ error: null })}>
            {text.failure.retry}
          </Button>
          <Button onClick={() => location.reload()}>{text.failure.reload}</Button>
        </div>
        <details>
          <summary>{text.failure.details}</summary>
          <pre className="state-cause code">{error.message}</pre>
        </details>
      </div>
    );
  }
}
