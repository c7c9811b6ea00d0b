using System.Buffers;
using System.Globalization;
using System.Text;
using Interven.Engine.Reading;

namespace Interven.Engine.Evidence;

/// <summary>
/// Writes JSON of which there is only one spelling: no white space, strings escaped as RFC 8785 3.2.2.2 says, keys of a tree sorted by
/// UTF-16 code units (3.2.3). Numbers of a tree keep the lexeme that was sent, so that no digit is lost in a double.
/// </summary>
public sealed class CanonicalJson : IDisposable
{
    static readonly SearchValues<char> Escaped = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 32).Select(c => (char)c)) + "\"\\");

    /// <summary>Longer texts are written in pieces, so that no room is asked for that they hardly need.</summary>
    const int MostAtOnce = 256;

    /// <summary>Below this a double tells ten-thousandths apart with digits to spare.</summary>
    const double MostExact = 1e9;

    byte[] buffer;
    int length;
    bool needsComma;

    public CanonicalJson(int expectedBytes = 1024) => buffer = ArrayPool<byte>.Shared.Rent(expectedBytes);

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    public void Dispose()
    {
        if (buffer.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    public CanonicalJson BeginObject() => Open((byte)'{');

    public CanonicalJson EndObject() => Close((byte)'}');

    public CanonicalJson BeginArray() => Open((byte)'[');

    public CanonicalJson EndArray() => Close((byte)']');

    /// <summary>A property name; the value must follow.</summary>
    public CanonicalJson Name(ReadOnlySpan<char> name)
    {
        String(name);
        Put((byte)':');
        needsComma = false;
        return this;
    }

    /// <summary>A property name that needs no escapes; the value must follow.</summary>
    public CanonicalJson Name(ReadOnlySpan<byte> plain)
    {
        var room = Room(plain.Length + 4);
        var at = 0;
        if (needsComma)
            room[at++] = (byte)',';
        room[at++] = (byte)'"';
        plain.CopyTo(room[at..]);
        at += plain.Length;
        room[at++] = (byte)'"';
        room[at++] = (byte)':';
        length += at;
        needsComma = false;
        return this;
    }

    public CanonicalJson String(ReadOnlySpan<char> value)
    {
        if (value.Length <= MostAtOnce && !value.ContainsAny(Escaped))
            return Plain(value);
        Separate();
        Put((byte)'"');
        for (var rest = value; ;)
        {
            var at = rest.IndexOfAny(Escaped);
            Utf8(at < 0 ? rest : rest[..at]);
            if (at < 0)
                break;
            Escape(rest[at]);
            rest = rest[(at + 1)..];
        }
        Put((byte)'"');
        return this;
    }

    public CanonicalJson Number(long value)
    {
        Separate();
        value.TryFormat(Room(20), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
        return this;
    }

    /// <summary>A score: rounded to four decimals, so that it is written alike everywhere. What is no finite number is written as 1, the worst score.</summary>
    public CanonicalJson Score(double value)
    {
        Separate();
        var rounded = double.IsFinite(value) ? Math.Round(value, 4, MidpointRounding.AwayFromZero) : 1;
        if (Math.Abs(rounded) < MostExact)
            return Decimals((long)Math.Round(rounded * 10_000));
        rounded.TryFormat(Room(340), out var written, "0.####", CultureInfo.InvariantCulture);
        length += written;
        return this;
    }

    public CanonicalJson Uuid(Guid value)
    {
        Separate();
        Put((byte)'"');
        value.TryFormat(Room(36), out var written);
        length += written;
        Put((byte)'"');
        return this;
    }

    public CanonicalJson Bool(bool value)
    {
        Separate();
        Ascii(value ? "true"u8 : "false"u8);
        return this;
    }

    public CanonicalJson Null()
    {
        Separate();
        Ascii("null"u8);
        return this;
    }

    /// <summary>JSON that is canonical already.</summary>
    public CanonicalJson Raw(ReadOnlySpan<byte> canonical)
    {
        Separate();
        Ascii(canonical);
        return this;
    }

    /// <summary>A value of a parsed document. The depth is bounded by the parser.</summary>
    public CanonicalJson Value(JsonTree tree, int node)
    {
        var nodes = tree.Nodes;
        return nodes[node].Kind switch
        {
            JsonKind.Object => Members(tree, node),
            JsonKind.Array => Items(tree, node),
            JsonKind.String => String(tree.Value(node)),
            JsonKind.Number => Raw(tree.RawValue(node)),
            JsonKind.True => Bool(true),
            JsonKind.False => Bool(false),
            _ => Null(),
        };
    }

    CanonicalJson Items(JsonTree tree, int array)
    {
        BeginArray();
        for (var item = array + 1; item < tree.Nodes[array].End; item = tree.Nodes[item].End)
            Value(tree, item);
        return EndArray();
    }

    CanonicalJson Members(JsonTree tree, int obj)
    {
        BeginObject();
        var count = 0;
        for (var member = obj + 1; member < tree.Nodes[obj].End; member = tree.Nodes[member].End)
            count++;
        var members = ArrayPool<int>.Shared.Rent(Math.Max(1, count));
        count = 0;
        for (var member = obj + 1; member < tree.Nodes[obj].End; member = tree.Nodes[member].End)
            members[count++] = member;
        members.AsSpan(0, count).Sort(new ByKey(tree));
        foreach (var member in members.AsSpan(0, count))
            Name(tree.Key(member)).Value(tree, member);
        ArrayPool<int>.Shared.Return(members);
        return EndObject();
    }

    readonly struct ByKey(JsonTree tree) : IComparer<int>
    {
        public int Compare(int x, int y) => tree.Key(x).SequenceCompareTo(tree.Key(y));
    }

    /// <summary>A short text without escapes: most are.</summary>
    CanonicalJson Plain(ReadOnlySpan<char> value)
    {
        var room = Room(3 * value.Length + 3);
        var at = 0;
        if (needsComma)
            room[at++] = (byte)',';
        room[at++] = (byte)'"';
        at += Encoding.UTF8.GetBytes(value, room[at..]);
        room[at++] = (byte)'"';
        length += at;
        needsComma = true;
        return this;
    }

    /// <summary>A whole number of ten-thousandths, without noughts at the end: what <c>0.####</c> writes, at a tenth of its cost.</summary>
    CanonicalJson Decimals(long value)
    {
        if (value < 0)
            Put((byte)'-');
        var (whole, part) = Math.DivRem(Math.Abs(value), 10_000);
        whole.TryFormat(Room(20), out var written, provider: CultureInfo.InvariantCulture);
        length += written;
        if (part == 0)
            return this;
        Put((byte)'.');
        for (var unit = 1_000; part > 0; part %= unit, unit /= 10)
            Put((byte)('0' + part / unit));
        return this;
    }

    CanonicalJson Open(byte bracket)
    {
        Separate();
        Put(bracket);
        needsComma = false;
        return this;
    }

    CanonicalJson Close(byte bracket)
    {
        Put(bracket);
        needsComma = true;
        return this;
    }

    void Separate()
    {
        if (needsComma)
            Put((byte)',');
        needsComma = true;
    }

    void Escape(char c)
    {
        var letter = c switch { '"' => '"', '\\' => '\\', '\b' => 'b', '\t' => 't', '\n' => 'n', '\f' => 'f', '\r' => 'r', _ => 'u' };
        Put((byte)'\\');
        Put((byte)letter);
        if (letter != 'u')
            return;
        Ascii("00"u8);
        Put((byte)(c < 16 ? '0' : '1'));
        Put((byte)"0123456789abcdef"[c & 15]);
    }

    void Utf8(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    void Ascii(ReadOnlySpan<byte> ascii)
    {
        ascii.CopyTo(Room(ascii.Length));
        length += ascii.Length;
    }

    void Put(byte one)
    {
        Room(1)[0] = one;
        length++;
    }

    Span<byte> Room(int count)
    {
        if (length + count > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        return buffer.AsSpan(length);
    }
}
