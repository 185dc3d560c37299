/** Values for the placeholders of a message: by name, or by position. */
export type Placeholders = Readonly<Record<string, string | number>> | readonly string[];

/** An error as the REST API words it: the message keeps its placeholders, their values stand beside it. */
export class ApiError extends Error {
  readonly status: number;
  readonly parameters: Placeholders | undefined;
  /** Several complaints at once, each with its own placeholders. */
  readonly errors: readonly ApiError[];

  constructor(
    status: number,
    message: string,
    parameters?: Placeholders,
    errors: readonly ApiError[] = [],
  ) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.parameters = parameters;
    this.errors = errors;
  }

  toJSON(): Record<string, unknown> {
    const { message, errors, parameters } = this;
    return { message, ...(errors.length > 0 && { errors }), ...(parameters && { parameters }) };
  }

  /** The message with its placeholders filled in, as it stands in the status of a bulk operation. */
  get text(): string {
    const { parameters } = this;
    const values: Readonly<Record<string, string | number>> = Array.isArray(parameters)
      ? Object.fromEntries(parameters.map((value: string, index) => [String(index + 1), value]))
      : ((parameters ?? {}) as Readonly<Record<string, string | number>>);
    return this.message.replace(/%(\w+)/g, (whole, name: string) => String(values[name] ?? whole));
  }
}

/** Throws where names are missing: one is told as such, several together. */
export function refuseMissing(names: readonly string[]): void {
  const errors = names.map(
    (fieldName) =>
      new ApiError(400, '"%fieldName" is required. Enter and try again.', { fieldName }),
  );
  const [first, ...others] = errors;
  if (first && others.length === 0) throw first;
  if (first)
    throw new ApiError(400, "One or more input exceptions have occurred.", undefined, errors);
}

/** What is asked for is not there. */
export function noEntity(): ApiError {
  return new ApiError(
    404,
    "The entity that was requested doesn't exist. Verify the entity and try again.",
  );
}

/** No such path, or not with this method. */
export function noRoute(): ApiError {
  return new ApiError(404, "Request does not match any route.");
}

/** Missing or wrong credentials, and a resource that they do not reach: one and the same answer. */
export function notAuthorized(resource: string): ApiError {
  return new ApiError(401, "The consumer isn't authorized to access %resources.", {
    resources: resource,
  });
}

/** An exception that nobody foresaw, hidden behind a report. */
export function internal(report: string): ApiError {
  return new ApiError(
    500,
    `Internal Error. Details are available in Magento log file. Report ID: webapi-${report}`,
  );
}

/** One or more complaints about a document that was to be created, a line each. */
export function invalidDocument(
  kind: "Shipment" | "Invoice" | "Creditmemo",
  complaints: readonly string[],
): ApiError {
  return new ApiError(400, [`${kind} Document Validation Error(s):`, ...complaints].join("\n"));
}

/** Throws where there are complaints. */
export function refuseInvalid(
  kind: Parameters<typeof invalidDocument>[0],
  complaints: readonly string[],
): void {
  if (complaints.length > 0) throw invalidDocument(kind, complaints);
}
