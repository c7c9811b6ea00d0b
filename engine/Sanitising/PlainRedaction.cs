using System.Text;

namespace Interven.Engine.Sanitising;

/// <summary>Writes a plain text with its redactions.</summary>
static class PlainRedaction
{
    /// <param name="plain">The text.</param>
    /// <param name="plan">Merged redactions.</param>
    /// <param name="from">First of the text's own.</param>
    /// <param name="to">After the last of them.</param>
    public static string Write(ReadOnlySpan<char> plain, List<Redaction> plan, int from, int to)
    {
        var written = new StringBuilder(plain.Length);
        var copied = 0;
        for (var at = from; at < to; at++)
        {
            var one = plan[at];
            written.Append(plain[copied..one.Start]).Append(one.Quote).Append(one.Marker).Append(one.Quote);
            copied = one.End;
        }
        return written.Append(plain[copied..]).ToString();
    }
}
