using System.Runtime.CompilerServices;
using Kindred.Catalog;
using Kindred.Tests.Toy;

namespace Kindred.NewMethod.Tests;

/// <summary>All that it takes to add a method beside its folder.</summary>
internal static class NewMethod
{
    [ModuleInitializer]
    public static void Add() => Methods.Add(ToyDescriptor.Value);
}
