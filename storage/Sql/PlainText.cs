using System.Text;

namespace Interven.Storage.Sql;

/// <summary>Text that both databases can hold: Postgres refuses NUL, and neither can encode half a surrogate pair. Canonical bytes keep the original.</summary>
static class PlainText
{
    public static string Storable(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            plain.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        return plain.ToString();
    }

    /// <summary>Storable, and short enough for an index entry.</summary>
    public static string Column(string text, int most = 512) => Storable(text.Length <= most ? text : text[..most]);
}
