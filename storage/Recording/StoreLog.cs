using Microsoft.Extensions.Logging;

namespace Interven.Storage.Recording;

static partial class StoreLog
{
    [LoggerMessage(4001, LogLevel.Warning, "A commit of {Records} records failed ({Fault})")]
    public static partial void CommitFailed(ILogger log, string fault, int records);

    [LoggerMessage(4002, LogLevel.Error, "The store refused record {Trace} ({Code})")]
    public static partial void RowRefused(ILogger log, string code, Guid trace);

    [LoggerMessage(4003, LogLevel.Error, "The record store does not answer; {Records} records are in doubt and scans are refused")]
    public static partial void Unavailable(ILogger log, int records);

    [LoggerMessage(4004, LogLevel.Warning, "The record store is back; {Late} records had landed after their callers were refused")]
    public static partial void Recovered(ILogger log, int late);

    [LoggerMessage(4005, LogLevel.Warning, "Record {Trace} landed after its caller was refused")]
    public static partial void CommittedLate(ILogger log, Guid trace);

    [LoggerMessage(4006, LogLevel.Warning, "SQLite's log could not be cleared (error {Code}); it is tried again in a second")]
    public static partial void CheckpointFailed(ILogger log, int code);

    [LoggerMessage(4007, LogLevel.Warning, "No commit could be rehearsed ({Fault}); the first will take longer")]
    public static partial void NotRehearsed(ILogger log, string fault);
}
