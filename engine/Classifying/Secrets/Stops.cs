using System.Buffers;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>The characters that end a value, by where the value stands.</summary>
static class Stops
{
    /// <summary>A bare value in code, a command or a header.</summary>
    public static readonly SearchValues<char> Bare = SearchValues.Create(" \t\r\n\"'`,;<)");

    /// <summary>A word on a command line.</summary>
    public static readonly SearchValues<char> Word = SearchValues.Create(" \t\r\n\"'`");

    /// <summary>A URL in text.</summary>
    public static readonly SearchValues<char> Url = SearchValues.Create(" \t\r\n\"'`<>,\\");

    /// <summary>One setting of a connection string.</summary>
    public static readonly SearchValues<char> Setting = SearchValues.Create(";\"'`\r\n<&");

    /// <summary>The whole connection string.</summary>
    public static readonly SearchValues<char> Settings = SearchValues.Create("\"'`\r\n<>");

    /// <summary>No key holds one of these: blanks, and brackets of calls, markup and templates.</summary>
    public static readonly SearchValues<char> NoKey = SearchValues.Create(" \t\n(){}<>");

    /// <summary>All that stands inside a key in armour, line breaks (also escaped ones) included.</summary>
    public static readonly SearchValues<char> Armour = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t\\");

    /// <summary>What people put into a password to satisfy a rule.</summary>
    public static readonly SearchValues<char> Symbols = SearchValues.Create("!@#$%^&*?+=~|");

    /// <summary>The name of a variable, without digits.</summary>
    public static readonly SearchValues<char> Variable = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");

    public static readonly SearchValues<char> Version = SearchValues.Create("0123456789.");

    public static readonly SearchValues<char> LowerAlphanumeric = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    public static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    public static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyAEIOUY");
}
