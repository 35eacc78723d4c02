using System.Runtime.CompilerServices;
using Kindred.Catalog;
using Kindred.Tests.Toy;

namespace Kindred.NewMethod.Tests;

/// <summary>Adds a method: besides its folder, this is all it takes.</summary>
internal static class NewMethod
{
    [ModuleInitializer]
    public static void Add() => Methods.Add(ToyDescriptor.Value);
}
