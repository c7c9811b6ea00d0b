namespace Interven.Storage.Stores;

/// <summary>Conditions joined by AND. Values are always parameters; one that is null is bound but not asked for.</summary>
sealed class Where(string first)
{
    string text = first;

    public Where And(object? value, string condition)
    {
        if (value is not null)
            text += " AND " + condition;
        return this;
    }

    public Where And(bool asked, string condition) => And(asked ? condition : null, condition);

    public override string ToString() => text;
}

static class Page
{
    public static int Size(int limit) => Math.Clamp(limit, 1, 500);
}
