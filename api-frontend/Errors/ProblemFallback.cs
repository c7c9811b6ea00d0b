using Interven.Contracts;
using Microsoft.AspNetCore.Diagnostics;

namespace Interven.ApiFrontend.Errors;

/// <summary>Gives every answer that would be bare (unknown route, wrong method, a fault) the shape of all errors.</summary>
static partial class ProblemFallback
{
    public static void UseProblemFallback(this WebApplication app)
    {
        app.UseExceptionHandler(handler => handler.Run(Fault));
        app.UseStatusCodePages(context => context.HttpContext.Response.StatusCode switch
        {
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
        return Problems.Write(http, 503, ReasonCodes.InternalError, "A part of Interven did not answer; nothing was changed. Try again.");
    }

    // Only the exception's type: its message could carry what a caller sent.
    [LoggerMessage(1001, LogLevel.Error, "Request failed with {Exception}, trace {TraceId}")]
    static partial void Fault(ILogger logger, string exception, Guid traceId);
}
