using Interven.Console.Http;
using Interven.Contracts.Errors;

namespace Interven.Console.Pieces;

/// <summary>Something that a page shows as soon as it is there: not yet, a value, or a problem with a way to try again.</summary>
public sealed class Loading<T>(Func<Task<Answer<T>>> ask, Action changed)
{
    public T? Value { get; private set; }

    public Problem? Problem { get; private set; }

    public async Task Load()
    {
        var answer = await ask();
        // What stands on the page stays there when a refresh fails for a moment.
        (Value, Problem) = answer.IsOk ? (answer.Value, null) : (default(T?), answer.Problem);
        changed();
    }

    public void Forget() => (Value, Problem) = (default, null);

    public void Put(T value) => (Value, Problem) = (value, null);
}
