using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Audiences;
using Kindred.Data.Audiences;
using Kindred.Data.Folders;
using Kindred.Data.Inputs;
using Kindred.Data.Models;
using Kindred.Data.Populations;
using Kindred.Populations;
using Kindred.SeedLists;

namespace Kindred.App.Audiences;

/// <summary>An audience that was selected.</summary>
/// <param name="Audience">The audience.</param>
/// <param name="Reason">Why its model is what it is, in words, where that was chosen; or null.</param>
public sealed record ExpandedList(Audience Audience, string? Reason);
