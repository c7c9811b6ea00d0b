using Interven.ApiFrontend.ConsolePages;
using Interven.Contracts;
using Microsoft.AspNetCore.Diagnostics;

namespace Interven.ApiFrontend.Errors;

/// <summary>Gives every answer that would be bare (unknown route, wrong method, a fault) the shape of all errors.</summary>
static partial class ProblemFallback
{
    public static void UseProblemFallback(this WebApplication app)
    {
        // The handler's own log line would carry the exception's message, and with it what a caller sent.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Fault, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(context => context.HttpContext.Response.StatusCode switch
        {
            404 when ConsoleEndpoints.IsMistyped(context.HttpContext) => ConsoleEndpoints.SendPage(context.HttpContext),
            404 => Problems.Write(context.HttpContext, 404, ReasonCodes.NotFound, "There is no such endpoint."),
            405 => Problems.Write(context.HttpContext, 405, ReasonCodes.InvalidRequest, "The endpoint does not take this method."),
            var status => Problems.Write(context.HttpContext, status, ReasonCodes.InvalidRequest, "The request could not be taken."),
        });
    }

    static Task Fault(HttpContext http)
    {
        var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is BadHttpRequestException bad)
            return Problems.Write(http, bad.StatusCode, bad.StatusCode == 413 ? ReasonCodes.PayloadTooLarge : ReasonCodes.InvalidRequest, "The request could not be read.");
        Fault(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Interven.Fault"), error?.GetType().Name ?? "unknown", Http.TraceIds.Of(http));
        return error is TimeoutException or Orleans.Runtime.OrleansException or OperationCanceledException
            ? Problems.Write(http, 503, ReasonCodes.EngineUnavailable, "A part of Interven did not answer; whether a change was made is not known. Try again.")
            : Problems.Write(http, 500, ReasonCodes.InternalError, "A fault in Interven itself. A change may or may not have been made; look before you repeat it.");
    }

    [LoggerMessage(1001, LogLevel.Error, "Request failed with {Exception}, trace {TraceId}")]
    static partial void Fault(ILogger logger, string exception, Guid traceId);
}
