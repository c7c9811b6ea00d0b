using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.People;

static class PeopleSetup
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<Callers>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<NewPeople>();
        services.AddSingleton<PeopleNames>();
    }
}
