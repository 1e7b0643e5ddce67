"""Codes and labels of the national tables and of everyday lists, as `cells.plain` words.

GB/T 3304 (ethnic groups), GB/T 4761 (family relations), GB/T 2261.1 (sex), pupil-record codes.
"""

from tongxing.registry.rules.cells import words_in


def _in_order(text: str) -> list[str]:
    return text.split()


_GROUPS = _in_order(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 "
    "高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 "
    "普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 "
    "珞巴 基诺"
)
# Names that still stand in copies of old code tables.
ETHNICITY_ALIASES = {"毛难": "36", "崩龙": "46", "蒙": "02", "维": "05", "哈萨": "17"}


def _many(*pairs: tuple[object, str]) -> dict[str, object]:
    return {word: value for value, words in pairs for word in words.split()}


def _ethnicities() -> dict[str, object]:
    codes = {f"{code:02d}": name for code, name in enumerate(_GROUPS, start=1)}
    table: dict[str, object] = {}
    for code, name in codes.items():
        words = {code, code.lstrip("0"), name, f"{name}族", f"{code}-{name}族", f"{code}{name}族"}
        table |= dict.fromkeys(words, code)
    return table | _many(
        ("97", "97 其他 其它 其他民族 未识别民族 未识别 穿青人"),
        ("98", "98 外国血统 外国血统中国籍人士 外国血统中国人士 入籍"),
    )


def _aliases() -> dict[str, object]:
    return {word: code for name, code in ETHNICITY_ALIASES.items() for word in (name, f"{name}族")}


ETHNICITIES = _ethnicities()
OLD_ETHNICITIES = _aliases()

SEXES = _many(
    ("male", "男 1 男性 男孩 男童 男生 m male boy 1男 1-男"),
    ("female", "女 2 女性 女孩 女童 女生 f female girl 2女 2-女"),
    (None, "0 9 未知的性别 未说明的性别 未知性别 未说明"),
)

# Direction: what the adult is to the child.
_RELATION_WORDS: tuple[tuple[str, str], ...] = (
    ("50", "父母 父母亲 双亲 父亲母亲 父母双方 爸爸妈妈"),
    ("51", "父 父亲 爸 爸爸 生父 亲父 父子 父女 father dad"),
    ("52", "母 母亲 妈 妈妈 生母 亲母 母子 母女 mother mum mom"),
    ("57", "继父 养父 继父或养父 stepfather"),
    ("58", "继母 养母 继母或养母 stepmother"),
    ("59", "其他父母关系"),
    ("60", "祖父母 外祖父母 祖父母或外祖父母 爷爷奶奶 祖孙 隔代 grandparent"),
    ("61", "祖父 爷爷 爷 grandfather"),
    ("62", "祖母 奶奶 奶 grandmother"),
    ("63", "外祖父 外公 姥爷 老爷"),
    ("64", "外祖母 外婆 姥姥"),
    ("70", "兄弟姐妹 兄弟姊妹 姐弟 兄妹 兄弟 姐妹"),
    ("71", "兄 哥 哥哥 大哥"),
    ("73", "弟 弟弟"),
    ("75", "姐 姐姐 姊 大姐"),
    ("77", "妹 妹妹"),
    ("81", "伯父 伯伯 大伯 大爷"),
    ("82", "伯母 大娘 大妈"),
    ("83", "叔父 叔叔 叔 小叔"),
    ("84", "婶母 婶婶 婶"),
    ("85", "舅父 舅舅 舅"),
    ("86", "舅母 舅妈"),
    ("87", "姨父 姨夫 姨丈"),
    ("88", "姨母 姨妈 姨 阿姨 小姨 大姨"),
    ("89", "姑父 姑夫 姑丈"),
    ("90", "姑母 姑姑 姑妈 姑"),
    ("97", "其他亲属 亲属 亲戚 其它亲属"),
    ("99", "其他 其它 非亲属 无亲属关系 其他监护人 村委会 居委会 民政部门"),
)
# 姨父 and 姨母, 姑父 and 姑母: the everyday words are clearer than the copies of the table.
RELATIONS = _many(*_RELATION_WORDS) | {code: code for code, _ in _RELATION_WORDS}
KINSHIP_WORDS = frozenset(
    word
    for code, words in _RELATION_WORDS
    if code not in {"99"}
    for word in words.split()
    if len(word) > 1 or word in {"父", "母", "爸", "妈", "爷", "奶"}
)

ID_TYPES = _many(
    ("resident", "1 01 居民身份证 身份证 户口簿 户口本 居民户口簿 公民身份号码 身份证件 111"),
    (
        "hongkong_macau",
        "6 7 06 07 香港 澳门 香港特区护照 澳门特区护照 港澳通行证 港澳居民来往内地通行证",
    ),
    (
        "hongkong_macau",
        "港澳居民居住证 香港身份证 澳门身份证 香港特区护照/身份证明 澳门特区护照/身份证明",
    ),
    ("taiwan", "8 08 台湾 台胞证 台湾居民来往大陆通行证 台湾居民居住证"),
    ("permanent_residence", "9 09 外国人永久居留身份证 外国人永久居留证 境外永久居住证 永久居留证"),
    ("passport", "a 护照 普通护照 外国护照"),
    ("other", "z 其他 其它 其他证件 出生医学证明 出生证 出生证明"),
    (None, "无 无证件 没有 暂无"),
)

HUKOU_KINDS = _many(
    ("rural", "农业 农村 农业户口 农村户口 农业家庭户口 农业家庭户 农"),
    ("urban", "非农业 非农 城镇 城市 非农业户口 城镇户口 非农业家庭户口 城镇居民"),
    ("resident", "居民 居民户口 居民家庭户口 居民户 家庭户"),
)

MOVED_WITH = _many(
    ("both", "父母 父母双方 双方 父母亲 父亲母亲 随父母 随父母双方 爸爸妈妈 both 双亲 父母均在"),
    ("father", "父 父亲 爸爸 随父 随父亲 仅父亲 father"),
    ("mother", "母 母亲 妈妈 随母 随母亲 仅母亲 mother"),
    (
        "other_guardian",
        "其他监护人 其他 其它 祖父母 外祖父母 爷爷奶奶 外公外婆 姥姥姥爷 爷爷 奶奶 外公 外婆 姥姥",
    ),
    ("other_guardian", "姥爷 祖父 祖母 外祖父 外祖母 其他亲属 亲属 亲戚 监护人 兄弟姐妹"),
    ("nobody", "无 独自 自己 无(独自) 无人 独自一人 nobody"),
)

LEFT_BEHIND = _many(
    ("no", "0 否 不是 非留守 非留守儿童 无 非 x × n no"),
    ("one_parent", "1 单亲留守 单亲留守儿童 父母一方外出 一方外出 父亲外出 母亲外出 一方"),
    ("both_parents", "2 双亲留守 双亲留守儿童 父母双方外出 双方外出 双方 父母均外出"),
    ("yes", "是 留守 留守儿童 农村留守儿童 √ ✓ y yes"),
)

ACCOMPANYING = _many(
    (True, "随迁子女 随迁 进城务工人员随迁子女 外来务工随迁子女 流动儿童"),
    (False, "非随迁子女 非随迁 本地 本地户籍"),
)

STAGES = _many(
    ("none", "无 未入学 未入园 散居 学龄前 未上学 待入学"),
    ("kindergarten", "学前 学前教育 幼儿园 幼教 托班 在园 幼儿"),
    ("primary", "小学 小学教育 小学阶段 小学生"),
    ("junior", "初中 初级中学 初中阶段 初中教育 初中生"),
    ("senior", "高中 普通高中 高级中学 高中阶段 高中教育 高中生"),
    (
        "vocational",
        "中职 中专 职高 职业高中 技校 中等职业 中等职业教育 中等职业学校 职业中学 技工学校 高职",
    ),
    ("special", "特教 特殊教育 特殊教育学校 特校 送教上门"),
)

DISABILITY_CLASSES = _many(
    *(
        (number, f"{number} {word} {word}残疾 {word}残 {number}{word} {number}-{word}")
        for number, word in enumerate(_in_order("视力 听力 言语 肢体 智力 精神 多重"), start=1)
    )
)
DISABILITY_GRADES = _many(
    *(
        (number, f"{number} {han} {han}级 {number}级 {han}级残疾 {word} ")
        for number, (han, word) in enumerate(
            zip("一二三四", _in_order("i级 ii级 iii级 iv级"), strict=True), start=1
        )
    )
)

HARDSHIPS = _many(
    (
        "dibao",
        "低保 城市低保 农村低保 城乡低保 最低生活保障 低保户 低保家庭 享受低保 低保对象 低保儿童",
    ),
    ("low_income", "低收入 低保边缘 低保边缘家庭 低收入家庭 支出型困难 支出型困难家庭 低边 边缘户"),
    ("tekun", "特困 特困人员 特困供养 特困救助供养 五保 特困儿童"),
    ("orphan", "孤儿 散居孤儿 集中养育孤儿 机构孤儿 社会散居孤儿"),
    ("de_facto_unsupported", "事实无人抚养 事实无人抚养儿童 事实孤儿 无人抚养"),
    ("serious_illness", "重病 大病 重大疾病 重病儿童 因病致贫 罕见病"),
    ("disabled", "残疾 残疾儿童 重残 重度残疾"),
    (
        "poverty_relapse_watch",
        "监测户 防返贫监测 防返贫监测对象 脱贫不稳定 脱贫不稳定户 边缘易致贫",
    ),
    (
        "poverty_relapse_watch",
        "边缘易致贫户 突发严重困难 突发严重困难户 建档立卡 脱贫户 易返贫致贫户",
    ),
    ("wandering", "流浪 流浪儿童 流浪乞讨"),
    ("other", "单亲 单亲家庭 离异 其他 其它 其他困难 困难家庭 困难 困境 困境儿童"),
)
NO_HARDSHIP = words_in("无 否 没有 不困难 正常 一般 无困难 暂无 非困难 良好 不是 0")

INSURANCE_STATES = _many(
    (False, "未参保 停保 断保 暂停参保 中断 暂停缴费 未缴费"),
    (True, "正常参保 参保缴费 已参保 在保 正常 正常缴费 已缴费 新参保 续保"),
)
