namespace Interven.Engine.Reading;

/// <summary>The alphabet of base64 and base64url (RFC 4648).</summary>
static class Sextets
{
    const string Standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    static readonly sbyte[] Values = Build();

    public static bool IsOne(char c) => c < 128 && Values[c] >= 0;

    /// <summary>The six bits, or -1.</summary>
    public static int Of(char c) => c < 128 ? Values[c] : -1;

    static sbyte[] Build()
    {
        var values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < Standard.Length; i++)
            values[Standard[i]] = (sbyte)i;
        (values['-'], values['_']) = (62, 63);
        return values;
    }
}
