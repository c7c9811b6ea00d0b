using Interven.Console.Http;
using Interven.Contracts.Errors;
using Interven.Contracts.Tenants;

namespace Interven.Console.Pieces;

/// <summary>Rows of a list that pages by cursor. An answer that a newer question has overtaken is dropped.</summary>
public sealed class PagedRows<T>(Func<string?, Task<Answer<Page<T>>>> ask, Action changed)
{
    int question;

    public List<T> Rows { get; } = [];
    public string? Next { get; private set; }
    public Problem? Problem { get; private set; }
    public bool IsLoading { get; private set; } = true;
    public bool IsFirstLoad { get; private set; } = true;

    public Task Load() => Ask(null);

    public Task More() => Next is null ? Task.CompletedTask : Ask(Next.Length == 0 ? null : Next);

    /// <summary>Drops what is older than the newest so many; what follows them is then asked for anew, from the top.</summary>
    public void KeepNewest(int most)
    {
        if (Rows.Count <= most)
            return;
        Rows.RemoveRange(most, Rows.Count - most);
        Next = "";
    }

    async Task Ask(string? cursor)
    {
        var mine = ++question;
        IsLoading = true;
        var answer = await ask(cursor);
        if (mine != question)
            return;
        IsLoading = IsFirstLoad = false;
        Problem = answer.Problem;
        if (answer.IsOk)
        {
            if (cursor is null)
                Rows.Clear();
            Rows.AddRange(answer.Value.Items);
            Next = answer.Value.NextCursor;
        }
        changed();
    }
}
