namespace Interven.Engine.Classifying.Scanning;

/// <summary>Brings the spellings of one field name together: <c>Card-Number</c>, <c>card_number</c> and <c>cardNumber</c> are <c>cardnumber</c>.</summary>
public static class FieldNames
{
    /// <summary>Longer names are cut: no table names a field that long.</summary>
    public const int MaxLength = 64;

    public static string Normalise(string name)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        return Normalise(name, buffer).ToString();
    }

    /// <summary>Lower-cases ASCII and drops <c>_ - . blank</c>.</summary>
    public static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> name, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (c is '_' or '-' or '.' or ' ')
                continue;
            if (length == buffer.Length)
                break;
            buffer[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }
        return buffer[..length];
    }
}
