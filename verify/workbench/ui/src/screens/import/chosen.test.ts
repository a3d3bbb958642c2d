import { describe, expect, it } from "vitest";
import type { SourceRow } from "../../api.gen";
import { chosen, clashing, isWhole, nameOf, tidied } from "./chosen";

const known = [{ name: "phone", dir: "/media/stick/DCIM", obtained: "from Ada", zone: "Europe/Kyiv" }] as SourceRow[];

describe("a chosen folder", () => {
  it("is named after its folder, or as the case knows it", () => {
    expect(nameOf("/home/ada/telegram-a", known)).toBe("telegram-a");
    expect(nameOf("D:\\phone backup\\", known)).toBe("phone backup");
    expect(nameOf("/home/ada/phone \u202e gpj\u0007", known)).toBe("phone gpj");
    expect(chosen("/media/stick/DCIM", known)).toEqual({ dir: "/media/stick/DCIM", name: "phone", obtained: "from Ada", zone: "Europe/Kyiv", moved: false });
  });

  it("clashes with a source of its name from elsewhere", () => {
    expect(clashing({ ...chosen("/home/ada/phone", known), name: " phone " }, known)?.dir).toBe("/media/stick/DCIM");
    expect(clashing(chosen("/media/stick/DCIM", known), known)).toBeUndefined();
  });
});

describe("a pasted path", () => {
  it("is taken as people paste it", () => {
    expect(tidied(' "/home/ada/my files/" ')).toBe("/home/ada/my files");
    expect(tidied("file:///home/ada/%D1%84%D0%BE%D1%82%D0%BE")).toBe("/home/ada/фото");
    expect(tidied("file:///D:/phone")).toBe("D:/phone");
    expect(tidied("/")).toBe("/");
    expect(tidied("D:\\")).toBe("D:\\");
    expect(tidied("file:///100%")).toBe("/100%");
  });

  it("has to be whole", () => {
    expect(["/a", "C:\\a", "\\\\server\\share"].map(isWhole)).toEqual([true, true, true]);
    expect(["a/b", "~", "", "file.jpg"].map(isWhole)).toEqual([false, false, false, false]);
  });
});
