using System.Text;
using Kindred.Audiences;
using Kindred.Populations;
using Kindred.SeedLists;
using Kindred.SeedModels;

namespace Kindred.Data;

/// <summary>Trained models of seed lists, ready to select audiences of any size.</summary>
public sealed class TrainedExpander
{
    private readonly Population _population;
    private readonly ExpansionInput[] _inputs;

    internal TrainedExpander(Population population, SeedMatch[] lists, SeedModel[] models)
    {
        _population = population;
        _inputs = [.. lists.Zip(models, (list, model) => new ExpansionInput(list.List.Id, model.Scorer, list.Users))];
    }

    /// <summary>Selects one audience per seed list: the active users most similar to it, without its seeds.</summary>
    /// <param name="size">A share of the population's active users, such as <c>1%</c>, or a number of users, such as <c>50000</c>.</param>
    /// <returns>The audiences, in ordinal order of the lists' ids.</returns>
    /// <exception cref="KindredException">The text is not a size, or the size is larger than the number of users left.</exception>
    public IReadOnlyList<ExpandedAudience> Expand(string size)
    {
        var audiences = Expansion.Run(_population, _inputs, [], new ExpansionOptions { Sizes = [AudienceSize.Parse(size)] });
        return [.. audiences.Select(audience => new ExpandedAudience(
            audience.SeedListId, [.. audience.Members.Select(member => new ExpandedUser(Id(member), member.Score))]))];
    }

    private string Id(RankedUser member) => Encoding.UTF8.GetString(_population.UserId(member.User));
}
