using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Interven.Cluster.Tests.Load;

/// <summary>One try of one call, as its client saw it. Times are <see cref="Stopwatch"/> ticks of the test's process.</summary>
/// <param name="Number">The call; each of its tries carries the same Idempotency-Key.</param>
/// <param name="SentAt">Just before it was sent.</param>
/// <param name="AnsweredAt">Just after it was answered, or failed.</param>
/// <param name="Status">HTTP status; 0 without an answer.</param>
/// <param name="Body">The answer.</param>
/// <param name="Fault">Why there is no answer.</param>
sealed record Try(int Number, long SentAt, long AnsweredAt, int Status, byte[] Body, string? Fault = null)
{
    readonly Lazy<JsonElement> json = new(() => JsonSerializer.Deserialize<JsonElement>(Body));

    public TimeSpan Took => Stopwatch.GetElapsedTime(SentAt, AnsweredAt);

    /// <summary>A decision whose record stands, or so it says.</summary>
    public bool IsDurable => Status == 200 && Body.AsSpan().IndexOf("\"durable\":false"u8) < 0;

    public bool IsPermissive => Status == 200 && Decision is "ALLOW" or "SANITIZE";

    public string Decision => json.Value.GetProperty("decision").GetString()!;

    public Guid Trace => json.Value.GetProperty("trace_id").GetGuid();

    /// <summary>Version of the rule that decided; 0 where none did.</summary>
    public int PolicyVersion => json.Value.TryGetProperty("policy_version", out var version) ? version.GetInt32() : 0;

    /// <summary>Why it is no durable answer.</summary>
    public string Reason => Status == 200 ? string.Join('+', json.Value.GetProperty("reason_codes").EnumerateArray()) : Fault ?? Status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => $"call {Number}: {Status} {Fault} {(Status == 200 ? Decision : "")} in {Took.TotalMilliseconds:F0} ms {(IsDurable ? "" : Text)}";
}
