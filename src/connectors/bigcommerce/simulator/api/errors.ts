/** Where every problem document points for its type. */
const statusCodes = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/** An error as v2 tells it: a list of one. */
export class V2Error extends Error {
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;

  constructor(status: number, message: string, details?: Record<string, unknown>) {
    super(message);
    this.status = status;
    this.details = details;
  }

  toJSON(): unknown {
    const { status, message, details } = this;
    return [{ status, message, ...(details && { details }) }];
  }
}

/** An error as v3 and the platform's gateway tell it: a problem document. */
export class Problem extends Error {
  readonly status: number;
  /** Reasons by field; 422 always has them, if only none. */
  readonly errors: Record<string, string> | undefined;

  constructor(status: number, title: string, errors?: Record<string, string>) {
    super(title);
    this.status = status;
    this.errors = errors ?? (status === 422 ? {} : undefined);
  }

  toJSON(): unknown {
    const { status, message, errors } = this;
    return { status, title: message, type: statusCodes, ...(errors && { errors }) };
  }
}

/** Why a refund is refused: the same document, in a list, under `data`, as the specification has it. */
export class RefundProblem extends Problem {
  override toJSON(): unknown {
    return { data: [super.toJSON()] };
  }
}

export const notFound = (): V2Error => new V2Error(404, "The requested resource was not found.");

export const invalidField = (field: string, details?: Record<string, unknown>): V2Error =>
  new V2Error(400, `The field '${field}' is invalid.`, details);

export const missingField = (field: string): V2Error =>
  new V2Error(400, `The required field '${field}' was not supplied.`);

export const readOnlyField = (field: string): V2Error =>
  new V2Error(
    400,
    `The field '${field}' cannot be written to. Please remove it from your request before trying again.`,
  );

export const missingOrder = (): Problem => new Problem(404, "Order was not found.");

/** Fields that are missing or unusable, each with the reason. */
export const invalidData = (errors: Record<string, string>): Problem =>
  new Problem(422, "JSON data is missing or invalid", errors);
