using System.Collections.Frozen;
using Interven.Contracts;
using Interven.Engine.Normalising.Catalogue;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Normalising;

/// <summary>What the words of a function's or operation's name tell (<c>Catalogue/words.yaml</c>).</summary>
static class FunctionWords
{
    static readonly CatalogueNode File = CatalogueFiles.Root("words.yaml");
    static readonly FrozenSet<string> Read = Set("read"), Look = Set("look"), Write = Set("write"), Admin = Set("admin"), People = Set("people"), Remove = Set("remove"), Stop = Set("stop"), Grants = Set("grants");

    static readonly FrozenDictionary<string, string> Same = File.Map("same")
        .SelectMany(entry => ((YamlSequenceNode)entry.Value).Children.Select(word => (((YamlScalarNode)word).Value!, entry.Key)))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Key, StringComparer.Ordinal);

    public static bool IsStop(ReadOnlySpan<char> word) => Has(Stop, word);

    /// <summary>True where the name's first word is one of doing: <c>transfer_funds</c>, not <c>transfers</c>.</summary>
    public static bool ActsFirst(ReadOnlySpan<char> name) => name.IndexOf('_') is > 0 and var end && (Has(Write, name[..end]) || Has(Grants, name[..end]));

    /// <summary>The verb that a snake_case name tells; null where it tells none.</summary>
    public static Verb? VerbOf(ReadOnlySpan<char> name)
    {
        var first = name[..(name.IndexOf('_') is var end and >= 0 ? end : name.Length)];
        if (Has(Read, first))
            return Verb.Read;
        bool writes = false, admin = false, people = false, remove = false, looks = false;
        foreach (var range in name.Split('_'))
        {
            var word = name[range];
            writes |= Has(Write, word);
            admin |= Has(Admin, word);
            people |= Has(People, word);
            remove |= Has(Remove, word);
            looks |= Has(Look, word);
        }
        if (admin || people && remove)
            return Verb.Admin;
        return Has(Write, first) || writes ? Verb.Write : looks ? Verb.Read : null;
    }

    /// <summary>The name with its first word brought to the usual one, without stop words, and in the singular: equal for names that mean the same.</summary>
    public static string Canonical(ReadOnlySpan<char> name)
    {
        var text = new CharBuffer(stackalloc char[Snake.Longest + 8]);
        foreach (var range in name.Split('_'))
        {
            var word = name[range];
            if (word.IsEmpty || IsStop(word))
                continue;
            if (text.Length > 0)
                text.Append('_');
            else if (Same.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var usual))
                word = usual;
            if (word.Length > 4 && word.EndsWith("ies"))
            {
                text.Append(word[..^3]);
                text.Append('y');
            }
            else
                text.Append(word.Length > 3 && word[^1] == 's' && word[^2] != 's' ? word[..^1] : word);
        }
        var result = text.Written.ToString();
        text.Dispose();
        return result;
    }

    static FrozenSet<string> Set(string key) => File.List(key).ToFrozenSet(StringComparer.Ordinal);

    static bool Has(FrozenSet<string> set, ReadOnlySpan<char> word) => set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
