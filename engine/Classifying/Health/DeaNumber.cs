using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Health;

/// <summary>US Drug Enforcement Administration registration: registrant letter, a letter or 9, seven digits with a check digit.</summary>
static class DeaNumber
{
    public static int Shape(ReadOnlySpan<char> text, int at)
    {
        if (at + 9 > text.Length || Chars.IsWord(Chars.At(text, at + 9)) || !"ABCDEFGHJKLMPRSTUX".Contains(char.ToUpperInvariant(text[at]))
            || !(char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '9') || text.Slice(at + 2, 7).ContainsAnyExceptInRange('0', '9'))
            return 0;
        return HealthChecks.Dea(text.Slice(at + 2, 7)) ? 9 : 0;
    }
}
