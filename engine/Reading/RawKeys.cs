namespace Interven.Engine.Reading;

/// <summary>Finds where a property name stands in raw JSON: the tree keeps only its text.</summary>
static class RawKeys
{
    /// <summary>Start (at the opening quotation mark) and length (both marks included), in bytes, of the name before the value that starts at <paramref name="valueStart"/>.</summary>
    public static (int Start, int Length) Before(ReadOnlySpan<byte> raw, int valueStart)
    {
        var end = raw[..valueStart].LastIndexOf((byte)':');
        end = raw[..end].LastIndexOf((byte)'"');
        var start = end;
        do
            start = raw[..start].LastIndexOf((byte)'"');
        while (IsEscaped(raw, start));
        return (start, end + 1 - start);
    }

    static bool IsEscaped(ReadOnlySpan<byte> raw, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && raw[at - slashes - 1] == '\\')
            slashes++;
        return slashes % 2 == 1;
    }
}
