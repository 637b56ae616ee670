import { RestError, type PipelinePolicy } from "@azure/core-rest-pipeline";

export const notJson = "NOT_JSON";

/**
 * A proxy's sign-in page is no answer, whatever its status says. Its text stays out of the error: it is not Azure's and
 * may hold anything. Server errors pass: their status says enough.
 */
export const jsonOnlyPolicy: PipelinePolicy = {
  name: "preceptorJsonOnly",
  async sendRequest(request, next) {
    const response = await next(request);
    const { status, bodyAsText, headers } = response;
    const type = headers.get("content-type") ?? "application/json";
    if (!bodyAsText || status === 429 || status >= 500 || /[/+]json\b/i.test(type)) return response;
    throw new RestError(`The answer is ${type.split(";")[0]}, not JSON.`, {
      code: notJson,
      statusCode: status,
      request,
    });
  },
};
