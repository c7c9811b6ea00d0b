using System.Collections.Frozen;
using Interven.Engine.Classifying;

namespace Interven.Engine.Approvals;

/// <summary>What a member of a call's body means to a reviewer; see <c>sentence-words.yaml</c>.</summary>
enum SentenceWord : byte { None, Recipient, Within, Figure, Currency, Subject }

static class SentenceWords
{
    const int LongestName = 40;

    static readonly Dictionary<string, string[]> Table = Tables.Read<Dictionary<string, string[]>>("Approvals/sentence-words.yaml");
    static readonly FrozenDictionary<string, SentenceWord>.AlternateLookup<ReadOnlySpan<char>> Words = Load().GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WithinNames =
        Table["within"].ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static SentenceWord Of(ReadOnlySpan<char> name)
    {
        Span<char> room = stackalloc char[LongestName];
        return Words.TryGetValue(Plain(name, room), out var word) ? word : SentenceWord.None;
    }

    /// <summary>Whether the name tells who the object under a recipient's name is.</summary>
    public static bool IsWithin(ReadOnlySpan<char> name)
    {
        Span<char> room = stackalloc char[LongestName];
        return WithinNames.Contains(Plain(name, room));
    }

    static ReadOnlySpan<char> Plain(ReadOnlySpan<char> name, Span<char> room)
    {
        var length = 0;
        foreach (var c in name)
            if (c is not ('_' or '-' or ' '))
            {
                if (length == room.Length)
                    return [];
                room[length++] = char.ToLowerInvariant(c);
            }
        return room[..length];
    }

    static FrozenDictionary<string, SentenceWord> Load()
    {
        var words = new Dictionary<string, SentenceWord>(StringComparer.Ordinal);
        foreach (var (list, word) in (ReadOnlySpan<(string, SentenceWord)>)
            [("recipients", SentenceWord.Recipient), ("figures", SentenceWord.Figure), ("currencies", SentenceWord.Currency), ("subjects", SentenceWord.Subject)])
            foreach (var name in Table[list])
                words.Add(name, word);
        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
