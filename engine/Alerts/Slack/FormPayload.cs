namespace Interven.Engine.Alerts.Slack;

/// <summary>The one field of an interaction's form.</summary>
static class FormPayload
{
    static ReadOnlySpan<byte> Name => "payload="u8;

    /// <summary>The field's value, decoded; null where the form is anything but one field <c>payload</c>.</summary>
    public static byte[]? Of(ReadOnlySpan<byte> form)
    {
        if (!form.StartsWith(Name) || form.Contains((byte)'&'))
            return null;
        var text = form[Name.Length..];
        var value = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case (byte)'+':
                    value[length++] = (byte)' ';
                    break;
                case (byte)'%' when i + 2 < text.Length && Hex(text[i + 1]) is >= 0 and var high && Hex(text[i + 2]) is >= 0 and var low:
                    value[length++] = (byte)(high << 4 | low);
                    i += 2;
                    break;
                case (byte)'%':
                    return null;
                default:
                    value[length++] = text[i];
                    break;
            }
        return value[..length];
    }

    static int Hex(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
