namespace Interven.Grains.Ports;

/// <summary>Sends one batch to a SIEM, through the guard of everything outgoing.</summary>
public interface ISinkSender
{
    ValueTask<SinkReply> Send(SinkBatch batch, CancellationToken cancel = default);
}

/// <param name="Type"><c>hec</c>, <c>datadog</c> or <c>webhook</c>.</param>
/// <param name="Url">Where to.</param>
/// <param name="Token">The secret.</param>
/// <param name="MediaType">Of the body.</param>
/// <param name="Body">The batch, as the receiver wants it.</param>
public sealed record SinkBatch(string Type, string Url, string Token, string MediaType, byte[] Body);

/// <param name="Kind">What became of it.</param>
/// <param name="Detail">In words, without a secret.</param>
/// <param name="RetryAfter">When the receiver wants to be asked again.</param>
public sealed record SinkReply(SinkReplyKind Kind, string Detail = "", TimeSpan? RetryAfter = null);

public enum SinkReplyKind : byte
{
    Taken,

    /// <summary>Busy, out, or too fast: the same batch again, later.</summary>
    Again,

    /// <summary>The receiver does not want it: a person must look.</summary>
    Refused,
}
