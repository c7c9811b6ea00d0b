namespace Interven.Storage.Sql;

/// <summary>The few words in which the two databases differ. Statements that differ in more than words have two texts.</summary>
abstract class Dialect
{
    /// <summary>The database's clock, not that of the transaction's start: a decision that waited for a lock past the expiry must see it.</summary>
    public abstract string Now { get; }

    /// <summary>A time that is as many milliseconds after now as the parameter or column says.</summary>
    public abstract string NowPlus(string milliseconds);

    /// <summary>Milliseconds from now until a time.</summary>
    public abstract string MillisecondsUntil(string time);

    /// <summary>Locks the rows read until the transaction ends. SQLite has one writer at a time, so it needs no word for it.</summary>
    public abstract string ForUpdate { get; }

    public abstract string ForShare { get; }

    public abstract string SkipLocked { get; }

    public abstract string Greatest { get; }

    /// <summary>One of some columns holds a word, in any case of the letters A to Z.</summary>
    /// <param name="columns">Absent values are left out.</param>
    /// <param name="word">Parameter: the word as <see cref="Word"/> makes it.</param>
    public abstract string Matches(IEnumerable<string> columns, string word);

    /// <summary>A word as <see cref="Matches"/> takes it.</summary>
    public abstract string Word(string word);

    /// <summary>A UUID column is one of a list.</summary>
    public abstract string AnyOf(string column, string list);

    /// <summary>A bytes column holds a run of bytes.</summary>
    public abstract string Holds(string column, string bytes);

    /// <summary>One of the legal holds in <c>@holds</c> covers a record.</summary>
    public abstract string IsHeld(string agent, string time);

    /// <summary>The start of the stretch of <paramref name="milliseconds"/> in which a time lies, counted from 1970.</summary>
    public abstract string Bucket(string time, string milliseconds);
}

sealed class PostgresDialect : Dialect
{
    public override string Now => "clock_timestamp()";
    public override string NowPlus(string milliseconds) => $"(clock_timestamp() + {milliseconds} * interval '1 millisecond')";
    public override string MillisecondsUntil(string time) => $"CAST(extract(epoch FROM {time} - clock_timestamp()) * 1000 AS bigint)";
    public override string ForUpdate => "FOR UPDATE";
    public override string ForShare => "FOR SHARE";
    public override string SkipLocked => "FOR UPDATE SKIP LOCKED";
    public override string Greatest => "greatest";
    public override string AnyOf(string column, string list) => $"{column} = ANY ({list})";
    public override string Holds(string column, string bytes) => $"position({bytes} IN {column}) > 0";
    public override string IsHeld(string agent, string time) => $"is_held(CAST(@holds AS json), {agent}, {time})";
    // A fifth faster over a million records than ILIKE and concat_ws.
    public override string Matches(IEnumerable<string> columns, string word) =>
        $"strpos(lower(({string.Join(" || ' ' || ", columns.Select(column => $"coalesce({column}, '')"))}) COLLATE \"C\"), lower({word} COLLATE \"C\")) > 0";
    public override string Word(string word) => word;
    public override string Bucket(string time, string milliseconds) => $"date_bin({milliseconds} * interval '1 millisecond', {time}, TIMESTAMPTZ '1970-01-01 00:00+00')";
}

sealed class SqliteDialect : Dialect
{
    public override string Now => "CAST(round(unixepoch('subsec') * 1000) AS INTEGER)";
    public override string NowPlus(string milliseconds) => $"({Now} + {milliseconds})";
    public override string MillisecondsUntil(string time) => $"({time} - {Now})";
    public override string ForUpdate => "";
    public override string ForShare => "";
    public override string SkipLocked => "";
    public override string Greatest => "max";
    public override string AnyOf(string column, string list) => $"{column} IN (SELECT unhex(value) FROM json_each({list}))";
    public override string Holds(string column, string bytes) => $"instr({column}, {bytes}) > 0";
    public override string IsHeld(string agent, string time) => $"""
        EXISTS (SELECT 1 FROM json_each(@holds) h WHERE (h.value ->> 'agent_id' IS NULL OR h.value ->> 'agent_id' = {agent})
          AND (h.value ->> 'since_ms' IS NULL OR {time} >= h.value ->> 'since_ms') AND (h.value ->> 'until_ms' IS NULL OR {time} < h.value ->> 'until_ms'))
        """;
    // Half as long over a million records as one LIKE over the columns joined.
    public override string Matches(IEnumerable<string> columns, string word) => $"({string.Join(" OR ", columns.Select(column => $"{column} LIKE {word} ESCAPE '!'"))})";
    public override string Word(string word) =>
        "%" + word.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";
    public override string Bucket(string time, string milliseconds) => $"({time} - {time} % {milliseconds})";
}
