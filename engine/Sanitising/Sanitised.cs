namespace Interven.Engine.Sanitising;

/// <summary>A body without what was found in it.</summary>
/// <param name="Json">UTF-8 JSON of the same shape. Where nothing was redacted these are the bytes of the request itself, and live as long as they do.</param>
/// <param name="Redactions">How many places were replaced.</param>
/// <param name="IsClean">True where a scan of <paramref name="Json"/> finds nothing more; only <see cref="SecondPass"/> knows.</param>
public sealed record Sanitised(ReadOnlyMemory<byte> Json, int Redactions, bool IsClean);
