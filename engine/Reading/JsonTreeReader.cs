using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Interven.Engine.Reading;

/// <summary>Fills a <see cref="JsonTree"/>. Refuses what parsers disagree on: duplicate keys, invalid UTF-8, lone surrogates, numbers that are no finite double, depth over 64.</summary>
static class JsonTreeReader
{
    /// <summary>Deepest nesting taken (spec: HTTP conventions).</summary>
    public const int MaxDepth = 64;

    public static JsonTree? Read(ReadOnlyMemory<byte> utf8, out JsonProblem? problem, bool repeatedKeys = false)
    {
        if (utf8.Length == 0)
            return Refuse("$", "The body is empty; a JSON value is required.", out problem);
        if (!Utf8.IsValid(utf8.Span))
            return Refuse("$", "The body is not valid UTF-8.", out problem);
        var tree = new JsonTree(utf8);
        try
        {
            problem = Fill(tree, utf8.Span, repeatedKeys);
            if (problem is null)
                return tree;
        }
        catch (JsonException e)
        {
            problem = new("$", e.Message.Contains("maximum configured depth", StringComparison.Ordinal)
                ? $"The JSON is nested deeper than {MaxDepth} levels."
                : $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            // The reader throws this for an escaped lone surrogate.
            problem = new("$", "A string holds a lone surrogate, which is no Unicode text.");
        }
        tree.Dispose();
        return null;
    }

    static JsonTree? Refuse(string path, string message, out JsonProblem? problem)
    {
        problem = new(path, message);
        return null;
    }

    static JsonProblem? Fill(JsonTree tree, ReadOnlySpan<byte> utf8, bool repeatedKeys)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        Span<int> positions = stackalloc int[MaxDepth + 2];
        var depth = 0;
        var parent = -1;
        var (keyStart, keyLength) = (-1, 0);
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    (keyStart, keyLength) = Unescape(tree, ref reader);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    tree.Close(parent, (int)reader.BytesConsumed);
                    if (!repeatedKeys && reader.TokenType == JsonTokenType.EndObject && DuplicateKeys.In(tree, parent))
                        return new(JsonPaths.Of(tree, parent), "An object has the same key twice.");
                    parent = tree[parent].Parent;
                    depth--;
                    continue;
            }
            var (textStart, textLength) = reader.TokenType switch
            {
                JsonTokenType.String => Unescape(tree, ref reader),
                JsonTokenType.Number => Lexeme(tree, reader.ValueSpan),
                _ => (0, 0),
            };
            var kind = KindOf(reader.TokenType);
            if (kind == JsonKind.Number && !IsFinite(reader.ValueSpan))
                return new(JsonPaths.Of(tree, parent), "A number is too large for a finite JSON number.");
            var node = tree.Add(new(kind, parent, tree.Nodes.Length + 1, positions[depth]++, keyStart, keyLength,
                textStart, textLength, start, (int)reader.BytesConsumed - start));
            (keyStart, keyLength) = (-1, 0);
            if (kind is JsonKind.Object or JsonKind.Array)
            {
                parent = node;
                positions[++depth] = 0;
            }
        }
        return null;
    }

    static JsonKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonKind.Object,
        JsonTokenType.StartArray => JsonKind.Array,
        JsonTokenType.String => JsonKind.String,
        JsonTokenType.Number => JsonKind.Number,
        JsonTokenType.True => JsonKind.True,
        JsonTokenType.False => JsonKind.False,
        _ => JsonKind.Null,
    };

    static (int Start, int Length) Unescape(JsonTree tree, ref Utf8JsonReader reader)
    {
        var length = reader.CopyString(tree.Reserve(reader.ValueSpan.Length));
        return (tree.Commit(length), length);
    }

    static (int Start, int Length) Lexeme(JsonTree tree, ReadOnlySpan<byte> ascii)
    {
        Encoding.ASCII.GetChars(ascii, tree.Reserve(ascii.Length));
        return (tree.Commit(ascii.Length), ascii.Length);
    }

    static bool IsFinite(ReadOnlySpan<byte> lexeme) =>
        lexeme.Length < 300 && !lexeme.ContainsAny((byte)'e', (byte)'E')
        || double.TryParse(lexeme, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
