using System.Collections.Frozen;

namespace Interven.Engine.Reading;

/// <summary>Named HTML entities that can hide ASCII text: punctuation, blanks and what is not shown (HTML Living Standard, named character references).</summary>
static class HtmlNames
{
    static readonly FrozenDictionary<string, char> Named = new Dictionary<string, char>(StringComparer.Ordinal)
    {
        ["amp"] = '&', ["AMP"] = '&', ["lt"] = '<', ["LT"] = '<', ["gt"] = '>', ["GT"] = '>', ["quot"] = '"', ["QUOT"] = '"', ["apos"] = '\'',
        ["excl"] = '!', ["num"] = '#', ["dollar"] = '$', ["percnt"] = '%', ["lpar"] = '(', ["rpar"] = ')', ["ast"] = '*', ["plus"] = '+',
        ["comma"] = ',', ["period"] = '.', ["sol"] = '/', ["colon"] = ':', ["semi"] = ';', ["equals"] = '=', ["quest"] = '?', ["commat"] = '@',
        ["lsqb"] = '[', ["lbrack"] = '[', ["bsol"] = '\\', ["rsqb"] = ']', ["rbrack"] = ']', ["Hat"] = '^', ["lowbar"] = '_', ["UnderBar"] = '_',
        ["grave"] = '`', ["lcub"] = '{', ["lbrace"] = '{', ["verbar"] = '|', ["vert"] = '|', ["rcub"] = '}', ["rbrace"] = '}',
        ["Tab"] = '\t', ["NewLine"] = '\n', ["nbsp"] = ' ', ["ensp"] = ' ', ["emsp"] = ' ', ["thinsp"] = ' ', ["numsp"] = ' ', ["puncsp"] = ' ', ["hairsp"] = ' ',
        ["shy"] = '\u00AD', ["zwj"] = '\u200D', ["zwnj"] = '\u200C', ["lrm"] = '\u200E', ["rlm"] = '\u200F', ["ZeroWidthSpace"] = '\u200B', ["NoBreak"] = '\u2060',
        ["hyphen"] = '-', ["dash"] = '-', ["ndash"] = '-', ["mdash"] = '-', ["minus"] = '-', ["lsquo"] = '\'', ["rsquo"] = '\'', ["ldquo"] = '"', ["rdquo"] = '"',
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool TryGet(ReadOnlySpan<char> name, out char named) =>
        Named.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out named);
}
