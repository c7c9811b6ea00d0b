using System.Text.Json;
using Interven.Console.Pieces;
using Interven.Engine.Policies;

namespace Interven.Console.Policies;

/// <summary>How a policy is being edited.</summary>
enum PolicyView { Form, Json, Yaml }

/// <summary>The text of a policy under edit, with what the engine's own reader says of it; the form and both spellings are views of it.</summary>
sealed class PolicyText
{
    public string Text { get; private set; } = "";
    public PolicyReading Reading { get; private set; } = new(null, [], []);
    public PolicyView View { get; private set; } = PolicyView.Form;
    public PolicyDraft? Form { get; private set; }

    /// <summary>The text as it was loaded or saved, to know whether it was changed.</summary>
    string original = "";

    /// <summary>The same, but for a new policy what it began with.</summary>
    string begun = "";

    public bool IsChanged => Canonical != original;

    /// <summary>Whether something would be lost.</summary>
    public bool IsTouched => Canonical != begun;

    string Canonical => Reading.Document is { } policy ? Json.Pretty(Root(policy)) : Text;

    public void Start(PolicyDraft draft)
    {
        Form = draft;
        FormChanged();
        (original, begun) = ("", Canonical);
    }

    public void Load(JsonElement document)
    {
        Type(Json.Pretty(document));
        Saved();
        Show(View);
    }

    /// <summary>What was loaded is now what is stored.</summary>
    public void Saved() => original = begun = Canonical;

    public void Type(string text) => (Text, Reading) = (text, PolicyReader.Read(text));

    public void FormChanged() => Type(Form!.ToJson());

    /// <summary>False where the text has to be put right first: a form cannot show what is not a policy.</summary>
    public bool Show(PolicyView view)
    {
        if (Reading.Document is { } policy)
        {
            Form = PolicyDraft.Of(policy);
            Type(view == PolicyView.Yaml ? PolicyYaml.Write(Root(policy)) : Json.Pretty(Root(policy)));
        }
        else if (view == PolicyView.Form || View == PolicyView.Form && view == PolicyView.Yaml)
            return false;
        View = view;
        return true;
    }

    static JsonElement Root(PolicyDocument policy)
    {
        using var json = JsonDocument.Parse(policy.ToCanonicalJson());
        return json.RootElement.Clone();
    }
}
