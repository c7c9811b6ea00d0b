using Interven.Console.Http;
using Interven.Contracts.Errors;
using Interven.Contracts.Tenants;

namespace Interven.Console.Pieces;

/// <summary>Rows of a list that pages by cursor. An answer that a newer question has overtaken is dropped, and so is a row that is there already.</summary>
/// <param name="key">What tells rows apart; without it none is taken for another.</param>
public sealed class PagedRows<T>(Func<string?, Task<Answer<Page<T>>>> ask, Action changed, Func<T, object>? key = null)
{
    int question;

    public List<T> Rows { get; } = [];
    public string? Next { get; private set; }
    public Problem? Problem { get; private set; }
    public bool IsLoading { get; private set; } = true;
    public bool IsFirstLoad { get; private set; } = true;

    public Task Load() => Ask(null, anew: true);

    public Task More() => Next is null ? Task.CompletedTask : Ask(Next.Length == 0 ? null : Next, anew: false);

    /// <summary>Drops all but the newest so many. True where rows went: whoever asks next has to say from where, for there is no cursor to there.</summary>
    public bool KeepNewest(int most)
    {
        if (Rows.Count <= most)
            return false;
        Rows.RemoveRange(most, Rows.Count - most);
        Next = "";
        return true;
    }

    async Task Ask(string? cursor, bool anew)
    {
        var mine = ++question;
        IsLoading = true;
        changed();
        var answer = await ask(cursor);
        if (mine != question)
            return;
        IsLoading = IsFirstLoad = false;
        Problem = answer.Problem;
        if (answer.IsOk)
        {
            if (anew)
                Rows.Clear();
            var known = key is null ? null : Rows.Select(key).ToHashSet();
            Rows.AddRange(answer.Value.Items.Where(row => known is null || known.Add(key!(row))));
            Next = answer.Value.NextCursor;
        }
        changed();
    }
}
