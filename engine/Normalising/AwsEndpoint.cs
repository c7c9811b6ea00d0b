namespace Interven.Engine.Normalising;

/// <summary>
/// Which AWS service a host is. Hosts that run customers' own code or servers (API Gateway, load balancers, EC2, database instances) are none:
/// anybody can have one of them.
/// </summary>
readonly record struct AwsEndpoint(string Service, string? Region, string? Bucket)
{
    static readonly string[] Domains = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"];

    public static AwsEndpoint? Of(string host, IReadOnlyDictionary<string, Catalogue.CloudService> services)
    {
        foreach (var domain in Domains)
            if (host.EndsWith(domain, StringComparison.Ordinal) && host.Length > domain.Length)
                return Read(host[..^domain.Length].Split('.'), services);
        return null;
    }

    static AwsEndpoint? Read(string[] labels, IReadOnlyDictionary<string, Catalogue.CloudService> services)
    {
        var last = labels.Length - 1;
        string? region = null;
        // iam.us-gov.amazonaws.com, iam.global.api.aws: services that are in no one region.
        if (IsRegion(labels[last]) || labels[last] is "us-gov" or "global")
            region = labels[last--];
        if (last >= 0 && labels[last] == "dualstack")
            last--;
        if (last < 0)
            return null;
        // us-east-1.queue.amazonaws.com, and s3-eu-west-1.amazonaws.com: older spellings.
        var service = labels[last];
        if (last == 1 && region is null && IsRegion(labels[0]) && service == "queue")
            (region, last) = (labels[0], 0);
        if (service.StartsWith("s3-", StringComparison.Ordinal) && IsRegion(service.AsSpan(3)))
            (service, region) = ("s3", service[3..]);
        if (service.EndsWith("-fips", StringComparison.Ordinal))
            service = service[..^5];
        if (!services.ContainsKey(service))
            return null;
        if (service is "s3")
            return new(service, region, last == 0 ? null : string.Join('.', labels[..last]));
        return last == 0 || IsFront(labels[..last]) ? new(service, region, null) : null;
    }

    static bool IsFront(string[] labels) =>
        labels is ["api" or "runtime" or "portal" or "streams" or "data" or "control"] || labels is [var account] && account.Length == 12 && account.All(char.IsAsciiDigit);

    /// <summary><c>eu-west-1</c>, <c>us-gov-east-1</c>.</summary>
    public static bool IsRegion(ReadOnlySpan<char> label)
    {
        var dash = label.LastIndexOf('-');
        return dash >= 4 && dash + 2 == label.Length && char.IsAsciiDigit(label[dash + 1]) && label[2] == '-'
            && char.IsAsciiLetterLower(label[0]) && char.IsAsciiLetterLower(label[1]) && !label[..dash].ContainsAnyInRange('0', '9');
    }
}
