namespace Interven.Contracts;

/// <summary>Who acts, and from where: what the audit log names.</summary>
/// <param name="Kind"><c>user</c>, <c>service_account</c>, <c>api_key</c>, <c>slack_user</c>, <c>operator</c>, <c>system</c>.</param>
/// <param name="Id">Id within its kind.</param>
/// <param name="Ip">Client address; empty for the system.</param>
/// <param name="UserAgent">As sent, cut to 300 characters.</param>
public sealed record Actor(string Kind, string Id, string Ip = "", string UserAgent = "")
{
    public static readonly Actor System = new("system", "interven");
}
