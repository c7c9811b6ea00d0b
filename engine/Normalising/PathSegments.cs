namespace Interven.Engine.Normalising;

/// <summary>A path cut at its slashes; empty segments do not count.</summary>
readonly ref struct PathSegments
{
    /// <summary>Segments beyond this are not looked at: no template is nearly as long.</summary>
    public const int Most = 32;

    readonly ReadOnlySpan<char> path;
    readonly ReadOnlySpan<Range> ranges;

    PathSegments(ReadOnlySpan<char> path, ReadOnlySpan<Range> ranges)
    {
        this.path = path;
        this.ranges = ranges;
    }

    public int Count => ranges.Length;

    public ReadOnlySpan<char> this[int index] => path[ranges[index]];

    public PathSegments From(int index) => new(path, ranges[index..]);

    /// <param name="path">The path.</param>
    /// <param name="room">Room for <see cref="Most"/> ranges.</param>
    public static PathSegments Of(ReadOnlySpan<char> path, Span<Range> room)
    {
        var count = 0;
        for (var start = 0; start < path.Length && count < room.Length;)
        {
            var length = path[start..].IndexOf('/');
            var end = length < 0 ? path.Length : start + length;
            if (end > start)
                room[count++] = start..end;
            start = end + 1;
        }
        return new(path, room[..count]);
    }
}
