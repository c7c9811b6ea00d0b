using Interven.Engine.Normalising.Catalogue;

namespace Interven.Engine.Normalising;

/// <summary>Reads what a call touches from its path, query and body, as the catalogue says for its operation.</summary>
static class ResourceReading
{
    /// <summary>Most people looked at for one who is outside.</summary>
    const int MostPrincipals = 1000;

    public static ResourceAttributes Read(CallView call, Identity what, InternalDomains inside)
    {
        var values = new Values();
        foreach (var (capture, value) in what.Captured)
            values.Set(capture, value);
        if (call.Url.Scheme == "message" && call.Url.Host.Length > 0)
            values.Set(ResourceField.Channel, Percent.Decode(call.Url.Host));
        if (what.Listed is not null)
            ReadRules(call, what.Listed.Attributes, ref values, inside);
        if (what.Entry is not null)
            ReadRules(call, what.Entry.Attributes, ref values, inside);
        if (what.Aws is { } aws)
            ReadAws(call, aws, ref values);
        var tags = what.Aws is null ? null : AwsTags.Of(call.Body);
        return values.IsEmpty && tags is null ? ResourceAttributes.None : values.Result(inside, tags);
    }

    static void ReadRules(CallView call, IReadOnlyList<AttributeRule> rules, ref Values values, InternalDomains inside)
    {
        for (var i = 0; i < rules.Count; i++)
            if (values.MayTake(rules[i].Field, inside) && Value(call, rules[i], inside) is { Length: > 0 } value && (!values.Has(rules[i].Field) || inside.IsOutside(value) == true))
                values.Set(rules[i].Field, value);
    }

    // Of many recipients one outside is enough, so that one is the principal.
    static string? Value(CallView call, AttributeRule rule, InternalDomains inside)
    {
        if (rule.Source == AttributeSource.Query)
            return UrlQuery.Find(call.Url.Query, rule.Steps[0]);
        if (rule.Field != ResourceField.Principal)
            return call.Body.FirstText(rule.Steps);
        string? first = null;
        foreach (var text in call.Body.Texts(rule.Steps).Take(MostPrincipals))
        {
            first ??= text;
            if (inside.IsOutside(text) == true)
                return text;
        }
        return first;
    }

    static void ReadAws(CallView call, AwsEndpoint aws, ref Values values)
    {
        if (aws.Region is not null)
            values.Set(ResourceField.Region, aws.Region);
        if (values.Has(ResourceField.Account))
            return;
        var inForm = call.Body.Form is { } form ? Arn.Account(Percent.Decode(form, form: true)) : null;
        if ((inForm ?? Arn.Account(call.Url.Text) ?? Arn.Account(call.Body)) is { } account)
            values.Set(ResourceField.Account, account);
    }

    struct Values
    {
        string? org, repo, channel, region, account, principal;

        public readonly bool IsEmpty => (org ?? repo ?? channel ?? region ?? account ?? principal) is null;

        public readonly bool Has(ResourceField which) => which switch
        {
            ResourceField.Org => org,
            ResourceField.Repo => repo,
            ResourceField.Channel => channel,
            ResourceField.Region => region,
            ResourceField.Account => account,
            _ => principal,
        } is not null;

        // Which of several fields a service goes by is its own affair: one that is outside comes before one that is not.
        public readonly bool MayTake(ResourceField which, InternalDomains inside) =>
            !Has(which) || which == ResourceField.Principal && inside.IsOutside(principal!) != true;

        public void Set(ResourceField which, string value)
        {
            switch (which)
            {
                case ResourceField.Org: org = value; break;
                case ResourceField.Repo: repo = value; break;
                case ResourceField.Channel: channel = value; break;
                case ResourceField.Region: region = value; break;
                case ResourceField.Account: account = value; break;
                default: principal = value; break;
            }
        }

        // A GitLab project is "group/sub/project", or a number.
        public void Set(Capture which, string value)
        {
            if (which != Capture.Project)
            {
                Set((ResourceField)which, value);
                return;
            }
            var slash = value.LastIndexOf('/');
            (org, repo) = slash < 0 ? (org, value) : (value[..slash], value[(slash + 1)..]);
        }

        public readonly ResourceAttributes Result(InternalDomains inside, IReadOnlyDictionary<string, string>? tags) => new()
        {
            Org = org,
            Repo = repo,
            Channel = channel,
            Region = region,
            Account = account,
            Principal = principal,
            IsExternalPrincipal = principal is null ? null : inside.IsOutside(principal),
            AwsTags = tags,
        };
    }
}
