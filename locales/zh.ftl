# 网关用中文说的话。短信含汉字，按 UCS-2 计：单条 70 字，多条时每条 67 字。

## 顾客会发的词，用逗号隔开

words-balance = 余额, 餘額, 积分, 積分, 我的积分, 我的積分, 我的余额, 查积分, 查積分, 查询积分, 积分查询, 查余额, 查询余额, 余额查询, 积分余额, 多少积分, 多少積分, 有多少积分, 我有多少积分, 还有多少积分, 还剩多少积分, 点数, 點數, 会员积分, 我的点数, 查点数, 点数查询, 多少分, 我有多少分, 查一下积分, 帮我查积分, 我要查积分, 积分是多少, 看积分, 查分, jifen, 查詢積分, 積分查詢, 我有多少積分, 還有多少積分, 剩多少積分, 會員積分, 我的點數, 查點數, 點數查詢, 紅利點數, 查餘額, 查詢餘額, 餘額查詢, 幾多分, 我有幾多分
words-rewards = 奖励, 我的奖励, 礼品, 礼品目录, 奖品, 有什么奖励, 有哪些奖励, 能换什么, 可以换什么, 查看奖励, 獎勵, 我的獎勵, 禮品, 獎品, 能換什麼
words-redeem = 兑换, 我要兑换, 我想兑换, 兑换积分, 积分兑换, 兑换奖励, 使用积分, 用积分, 怎么兑换, 如何兑换, 我的券, 我的优惠券, 兑奖, 兌換, 我要兌換, 兌換積分, 積分兌換, 怎麼兌換, 我的優惠券
words-card = 集点卡, 我的集点卡, 印章, 我的印章, 集章卡, 多少印章, 几个印章, 集點卡, 我的集點卡
words-tier = 等级, 我的等级, 会员等级, 级别, 我的级别, 什么等级, 我是什么等级, 等級, 我的等級, 會員等級, 級別
words-refer = 推荐, 推荐好友, 邀请, 邀请好友, 邀请朋友, 推荐码, 我的推荐码, 我的邀请码, 推薦, 推薦好友, 邀請, 邀請好友
words-code = 兑换码, 我有兑换码, 输入兑换码, 签到, 打卡, 我要签到, 兌換碼, 我有兌換碼, 簽到, 我要簽到
words-history = 记录, 历史, 历史记录, 积分记录, 积分明细, 明细, 我的记录, 消费记录, 紀錄, 歷史紀錄, 積分紀錄, 積分明細
words-profile = 资料, 我的资料, 个人资料, 修改资料, 改名字, 修改名字, 修改生日, 資料, 我的資料, 個人資料, 修改資料
words-help = 你是谁, 你是誰, 您是谁, 您是誰, 你们是谁, 你是哪位, 您是哪位, 哪位, 谁, 誰, 谁啊, 是谁, 哪家店, 这是什么, 這是什麼, 什么意思, 什麼意思, 菜单, 菜單, 选项, 選項, 指令, 功能, 有什么功能, 怎么用, 怎麼用, 如何使用, 怎么操作, 使用说明, 说明, 客服, 请问你是谁, 请问您是谁, 请问您是哪位, 请问哪位, 这是啥, 啥意思, 你哪位, 什么, 帮忙, 求助, 人工客服, 联系客服, 說明, 選單, 功能表, 你係邊個, 你係邊位, 邊位, 邊個, 係咩嚟, 點用, 點樣用, 你怎么有我的号码, 你怎么有我号码, 为什么给我发短信
words-join = 加入, 我要加入, 我想加入, 想加入, 怎么加入, 怎麼加入, 如何加入, 注册, 註冊, 我要注册, 怎么注册, 怎麼註冊, 报名, 報名, 我要报名, 参加, 參加, 我要参加, 入会, 入會, 怎么入会, 加入会员, 加入會員, 成为会员, 成為會員, 我要办会员, 办会员, 辦會員, 怎么办会员, 订阅, 訂閱, 我要入会, 我要入會, 申请会员, 申请加入, 登记, 我要加入会员, 點樣加入, 點加入, 點入會, 确认加入, 愿意加入, 我加入
words-join-yes = 加入, 我要加入, 我想加入, 想加入, 我加入, 确认加入, 同意加入, 愿意加入, 加入会员, 我要加入会员, 入会, 我要入会, 注册, 我要注册, 报名, 我要报名, 参加, 我要参加, 为什么不, 当然好, 来吧, 加我, 加, 加吧, 我加
words-leave = 离开, 離開, 退会, 退會, 退出会员, 退出會員, 离店, 离开会员
words-language = 语言, 語言, 语种, 換語言, 换语言, 改语言, 更改语言, 更換語言, 更换语言, 切换语言, 选择语言, 換個語言, 换个语言
words-language-name = 中文, 汉语, 漢語, 普通话, 普通話, 华语, 華語, 国语, 國語, 简体中文, 简体, 说中文, 讲中文, 用中文, zhongwen, putonghua, chinese, chinois, chino, chineză, chinezește, mandarin, 繁体, 繁體, 繁体中文, 繁體中文, 正體中文, 广东话, 廣東話, 粤语, 粵語
words-keep = 继续, 繼續, 继续吧, 继续发, 继续接收, 继续收, 接着发, 保留, 保持, 保持不变, 不变, 照旧, 照舊, 照常, 一切照旧, 请继续, 要继续, 想继续, 我要继续, 我想继续, 可以继续, 是继续, 继续谢谢, 继续 谢谢, 接收, 愿意接收, 愿意收, 想收, 繼續收, 繼續接收, 不變, 一切照舊, 一樣, 一样, 留着, 别停, 別停, 不要停, 不用停, 不退, 不退订, 唔好停, 唔使停
words-greeting = 你好, 您好, 你好啊, 嗨, 嘿, 哈喽, 哈囉, 哈啰, 早, 早安, 早上好, 上午好, 中午好, 下午好, 晚上好, 在吗, 在嗎, 有人吗, 有人嗎, nihao, ni hao, 你好呀, 你好吗, 你好嗎, 老板好, 老闆好, 店家你好, 在么, 在不在, 有人在吗, 早啊, 午安, 喂, 早晨
words-thanks = 谢谢, 謝謝, 谢谢你, 谢谢您, 謝謝您, 多谢, 多謝, 感谢, 感謝, 非常感谢, 好的谢谢, 好的 谢谢, 谢啦, 谢了, 太好了, 太棒了, 收到, 知道了, 明白了, 哈哈, 哈哈哈, 好, 好的, 好滴, 嗯, 嗯嗯, ok, okay, 哦, 明白, 了解, 懂了, 收到谢谢, 好的收到, 好的知道了, 谢谢啦, 辛苦了, 不客气, 不用客气, 不用谢, 不谢, 没事, 赞, 棒, 真棒, 不错, 哈哈哈哈, 再见, 拜拜, 88, 3q, xiexie, xie xie, 謝謝你, 謝謝妳, 瞭解, 讚, 感恩, 再見, 唔該, 唔該晒, 多謝晒, 唔使客氣, 晚安
words-yes = 是, 是的, 是啊, 好, 好的, 好啊, 好呀, 好吧, 好嘞, 好滴, 可以, 可以的, 可以啊, 行, 行啊, 嗯, 嗯嗯, 恩, 对, 對, 对的, 對的, 要, 想, 同意, 我同意, 愿意, 願意, 我愿意, 当然, 當然, 没问题, 沒問題, 确定, 確定, 确认, 確認, y, ok, okay, shi, shi de, hao, hao de, haode, 好的谢谢, 好的 谢谢, 好谢谢, 好 谢谢, 可以呀, 同意加入, 是呀, 是滴, 好哦, 好喔, 好啦, 好咯, 好哒, 好噠, 好的呢, 好的可以, 嗯好, 嗯嗯好的, 恩恩, 行吧, 行的, ok的, ok啊, 要的, 要啊, 我要, 想要, 我想要, 当然可以, 必须的, 来吧, 成, 係, 係呀, 係啊, 得, 得啊, 好嘅, 冇問題, 無問題
words-no = 否, 不, 不是, 不要, 不要了, 不用, 不用了, 不用谢谢, 不用 谢谢, 不用了谢谢, 不用了 谢谢, 不了, 不了谢谢, 不了 谢谢, 不必, 不必了, 不想, 不行, 不可以, 不需要, 不同意, 不愿意, 不願意, 不加入, 不参加, 算了, n, no, bu yao, buyao, bu yong, buyong, 都不是, 不 谢谢, 不谢谢, 不要谢谢, 不要 谢谢, 不需要谢谢, 不需要 谢谢, 谢谢不用, 谢谢 不用, 谢谢不用了, 谢谢 不用了, 谢谢不需要, 谢谢 不需要, 不想加入, 我不要, 我不想, 我不用, 我不需要, 我不加入, 不入会, 不注册, 先不用, 先不用了, 先不要, 暂时不用, 暂时不需要, 暂不需要, 没必要, 不用麻烦了, 不用啦, 不用了啦, 算了吧, 算了不要, 免了, 拒绝, 不好, 不不不, 唔使, 唔使啦, 唔使喇, 唔使了, 唔好, 唔想, 唔需要, 唔要, 唔係, 唔得, 唔同意, 唔加入, 不加, 不加了, 别加
words-not-interested = 没兴趣, 沒興趣, 没有兴趣, 沒有興趣, 不感兴趣, 不感興趣, 都不要, 冇興趣, 冇兴趣, 唔感興趣, 無興趣, 无兴趣
words-skip = 跳过, 跳過, 略过, 略過, 忽略, 省略, 不说, 不說, 不想说, 不想說, 不想讲, 不想答, 不想回答, 不回答, 不填, 不想填, 不告诉你, 不方便说, 不方便, 保密, 隐私, 私密, 这是隐私, 无可奉告, 不关你事, 下一个, 下一個, 下一题, 下一題, 以后再说, 以後再說, 以后, 以後, 下次, 下次吧, 现在不行, 现在不想, 稍后, 稍後, 待会儿, 改天, 不知道, 不清楚, 过, 跳, 待会, 晚点, 再说, 再说吧, 隱私, 這是隱私, 不告訴你, 待會, 待會兒, 晚點, 唔講, 唔想講, 唔話你知
words-refusal = 不想, 不感兴趣, 没兴趣, 不想提供
words-all = 全部, 所有, 都退, 两家都退, 全都退, 两个都退
words-staff-punch = 打卡, 盖章, 到店, 来访
words-staff-spend = 消费, 消費, 购买, 付款
words-staff-redeem = 兑换, 兌換, 核销, 使用
words-staff-undo = 撤销, 撤銷, 撤回
words-staff-invite = 邀请, 邀請

## 组成部分

points = { $points }{ $unit_other }
stamps = { $stamps }/{ $size }个印章
shops-joined = { $shops }、{ $shop }
shop-with-contact = { $shop }（{ $contact }）
shops-and-more = { $shops }{ $more }
and-more =
    { $count ->
       *[other] 及另外{ $count }家店
    }

## 加入

join-confirmed = 【{ $shop }】欢迎加入！您有{ $held }。定期短信每月最多{ $per_month }条，可能产生短信和流量费用。回复“积分”查询，“帮助”求助，“STOP”退订。
join-question = 【{ $shop }】回复“是”入会，定期接收短信，每月最多{ $per_month }条，可能产生短信和流量费用。回复“帮助”获取帮助，“STOP”退订。
join-reminder = 回复“是”即可成为{ $shop }会员，不想加入请回复“否”。
join-already = 【{ $shop }】欢迎回来！您有{ $held }。
join-declined = 好的，那就不加入{ $shop }了。如果改变主意，请发送“{ $phrase }”。
join-declined-short = 好的，那就不加入{ $shop }了。

join-already-named = 【{ $shop }】{ $name }，欢迎回来！您有{ $held }。
join-offer = 想成为{ $shop }会员吗？请回复“是”，或发送“{ $phrase }”。
join-which = 欢迎加入，方法如下：
did-you-mean = 您是想发“{ $phrase }”吗？回复“是”即可成为{ $shop }会员。
did-you-mean-several = 您想发的是哪一个？请回复对应的数字。
did-you-mean-no = 没关系。想成为会员，请发送店内海报上的口令。
keyword-past = “{ $past }”活动已结束。现在想成为{ $shop }会员吗？请回复“是”，或发送“{ $phrase }”。
keyword-past-member = “{ $past }”活动已结束，不过您已是{ $shop }会员，有{ $held }。
keyword-past-none = “{ $past }”活动已结束。想成为会员，请到{ $shop }店内咨询。

## 加入时的问题

sign-up-first-name = 请问怎么称呼您？留个名字就好，不想说请回复“跳过”。
sign-up-first-name-again = 抱歉，只需一个名字，例如“小雅”，或回复“跳过”。
sign-up-birthday = 请问您的生日是几月几日？例如{ $example }。不想说请回复“跳过”。
sign-up-birthday-again = 抱歉，没看懂这个日期。请写成{ $example }这样，或回复“跳过”。
sign-up-own = { $prompt }（不想回答请回复“跳过”）
sign-up-yes-no = { $prompt }（请回复“是”“否”或“跳过”）
sign-up-choice = { $prompt }（请回复数字，或“跳过”）
sign-up-own-again = 抱歉，简单写几个字就好，例如“{ $example }”，或回复“跳过”。
sign-up-yes-no-again = 抱歉，请回复“是”“否”或“跳过”。
sign-up-choice-again = 抱歉，请回复其中一个数字，例如1，或回复“跳过”。
sign-up-own-example = 还没想好
sign-up-thanks = 谢谢您！
sign-up-thanks-named = 谢谢您，{ $name }！
sign-up-passed = 没关系。
sign-up-once-more = 回到刚才的问题：
sign-up-done = 问题就这些。随时发送“积分”即可查询。

## 余额

balance-one = 【{ $shop }】您有{ $held }。
balance-line = { $shop }：{ $held }
not-a-member = 您还不是会员。
not-a-member-here = 您还不是会员，请到店内咨询如何加入。
offer = 发送“{ $phrase }”即可成为{ $shop }会员。

choice = { $number } { $name }
choice-phrase = { $number } { $phrase }（{ $shop }）

## 奖励、集点卡、等级

month = { $month }月
day = { month }{ $day }日
day-with-year = { $year }年{ month }{ $day }日
gain = +{ $held }
gift = “{ $name }”
points-and-gift = { $points }和“{ $name }”
which-shop = 请问是哪家店？请回复对应的数字。
voucher = { $name }：码{ $code }，有效期至{ $day }
vouchers = 【{ $shop }】已为您备好，结账时出示券码即可。

near-voucher = “{ $name }”等您来用，请发送“兑换”。
near-enough = 可以换“{ $name }”了，请发送“兑换”。
near-money = 可抵{ $amount }，请发送“兑换”。
near-missing = 再有{ $missing }就能换“{ $name }”。
near-lapsing = { $points }有效期至{ $day }，请尽快使用。
near-pending = { $day }起另有{ $points }可用。

reward = { $number } { $name }：{ $cost }
reward-missing = { $number } { $name }：{ $cost }，还差{ $missing }
reward-level = { $number } { $name }：{ $cost }，{ $level }专享
reward-sold-out = { $number } { $name }：已换完
reward-again = { $number } { $name }：{ $cost }，{ $day }起可再换
reward-had = { $number } { $name }：已换过
reward-money = { $number } { $name }：{ $cost }抵{ $amount }
rewards-more =
    { $count ->
       *[other] 及另外{ $count }项
    }
rewards-none = 【{ $shop }】目前没有可兑换的奖励。
rewards-how = 请发送“兑换”加数字。
rewards-how-many = 请发送“兑换”加数量，例如“兑换{ $example }”。

redeemed = 【{ $shop }】{ $name }归您了！券码{ $code }，有效期至{ $day }，结账时出示即可。
redeemed-money = 【{ $shop }】可抵{ $amount }！券码{ $code }，有效期至{ $day }，结账时出示即可。
redeemed-left = 您还有{ $held }。
redeem-which = 【{ $shop }】您想换哪个？请回复对应的数字。
redeem-or = 想换别的？请回复对应的数字。
redeem-how-many = 【{ $shop }】您想用多少{ $unit_other }？{ $cost }抵{ $amount }，您有{ $held }。
redeem-too-few = 【{ $shop }】{ $name }需要{ $cost }，您有{ $held }，还差{ $missing }。
redeem-level = 【{ $shop }】{ $name }是{ $level }会员专享，发送“等级”看看还差多少。
redeem-not-yet = 【{ $shop }】{ $name }从{ $day }开始。
redeem-over = 【{ $shop }】{ $name }已结束，发送“奖励”看看现在有什么。
redeem-again = 【{ $shop }】您已换过{ $name }，{ $day }起可以再换。
redeem-had = 【{ $shop }】您已换过{ $name }，发送“奖励”看看还有什么。
redeem-sold-out = 【{ $shop }】抱歉，{ $name }已换完，发送“奖励”看看还有什么。
redeem-unknown = 【{ $shop }】抱歉，没有这个奖励，发送“奖励”看看有什么。

card = 【{ $shop }】{ $name }：{ $stamps }，再有{ $missing }个就能换“{ $reward }”。
card-line = { $name }：{ $stamps }，再有{ $missing }个就能换“{ $reward }”
card-name = 您的集点卡
cards = 【{ $shop }】您的集点卡：
cards-none = 【{ $shop }】没有集点卡。

tier-now = 【{ $shop }】您的等级是{ $level }。
tier-now-until = 【{ $shop }】您的等级是{ $level }，保留到{ $day }。
tier-none-yet = 【{ $shop }】您还没有等级。
tier-next = 下一级是{ $level }，还差{ $missing }。
tier-next-by = 下一级是{ $level }，{ $day }前还差{ $missing }。
tier-next-within =
    { $count ->
       *[other] 下一级是{ $level }，{ $count }个月内还差{ $missing }。
    }
tier-spend = 消费{ $amount }
tier-visits =
    { $count ->
       *[other] { $count }次到店
    }
tier-friends =
    { $count ->
       *[other] { $count }位好友
    }
tier-times = { $times }倍{ $unit_other }
tier-perks = 您享有：{ $perks }。
perks-joined = { $perks }、{ $perk }
tiers-none = 【{ $shop }】没有会员等级。
membership-until = { $name }会员有效期至{ $day }。
membership-ends = 【{ $shop }】您的{ $membership }会员将于{ $day }到期，续费请到店咨询。回复STOP退订。
membership-offer =
    { $count ->
       *[other] { $name }会员：{ $price }，{ $count }个月，请到店内咨询。
    }

refer = 【{ $shop }】邀请好友：请好友发送“{ $words }”到{ $number }。
refer-short = 【{ $shop }】邀请好友。
refer-both = 好友首次消费后，您得{ $mine }，好友得{ $theirs }。
refer-me = 好友首次消费后，您得{ $mine }。
refer-friend = 好友首次消费后，好友得{ $theirs }。
refer-link = 分享链接：{ $link }
refer-none = 【{ $shop }】目前没有推荐奖励。

earned = { $gain }。
earned-now = { $gain }，您现有{ $held }。
not-now = 【{ $shop }】抱歉，现在不能计入。
code-taken = 【{ $shop }】兑换码有效，谢谢！
code-used = 【{ $shop }】这个码已经用过了。
code-over = 【{ $shop }】这个码已失效。
code-unknown = 【{ $shop }】抱歉，没有这个码，请核对后再发。
code-join = 这个码是给{ $shop }会员的。请先发送“{ $phrase }”入会，再发一次。
code-enough = 【{ $shop }】暂时不能再收兑换码了，{ $day }起请再发一次。
code-enough-ever = 【{ $shop }】谢谢，不能再收您的兑换码了。
code-which = 【{ $shop }】请发送“兑换码”加您的码，例如“兑换码{ $example }”。
codes-none = 【{ $shop }】没有可发送的兑换码。
check-in-done = 【{ $shop }】谢谢光临！
check-in-wrong = 【{ $shop }】这不是今天的签到码，请看柜台。
check-in-again = 【{ $shop }】您已经签到过了，{ $day }起可再签到。
check-in-enough = 【{ $shop }】您已经签到过了。
action-done = 【{ $shop }】谢谢您！
action-thanks = 【{ $shop }】{ $thanks }
action-again = 【{ $shop }】谢谢，您已经做过了，{ $day }起可再计入。
action-once = 【{ $shop }】谢谢，您已经做过了。

history = 【{ $shop }】最近记录：
history-line = { $day } { $moved }，{ $why }
history-none = 【{ $shop }】还没有记录。
stamps-moved =
    { $count ->
       *[other] { $count }个印章
    }
why-sale = 消费
why-refund = 退款
why-joined = 入会
why-code = 兑换码
why-check-in = 签到
why-action = 感谢
why-given-back = 奖励退回
why-lapsed = 过期
why-birthday = 生日
why-friend = 推荐好友
why-other = 调整

profile = 【{ $shop }】您的资料：
profile-first-name = { $number } 称呼：{ $answer }
profile-birthday = { $number } 生日：{ $answer }
profile-own = { $number } { $prompt }{ $answer }
profile-yes = 是
profile-no = 否
profile-change = 想修改，请发送“资料”加数字。
profile-none = 【{ $shop }】我们只有您的号码，不需要别的。

help-also = 还可发送：{ $commands }
help-joined = { $commands }、{ $command }

## 未问先告

told = 【{ $shop }】
told-earned-often = { $gain }（{ $count }次到店），您现有{ $held }。
told-enough = 您现有{ $held }，可以换“{ $name }”了，请发送“兑换”。
told-birthday = 生日快乐！
told-missed = 好久不见！您现有{ $held }。
told-gift = “{ $name }”归您了：券码{ $code }，有效期至{ $day }，结账时出示即可。
told-level = 您的等级升为{ $level }！
told-voucher-lapses = “{ $name }”将于{ $day }到期：券码{ $code }。
told-points-lapse = { $points }将于{ $day }到期，请记得使用。
told-stop = 回复STOP退订。

## 离开一家店

left = 您已退出{ $shop }会员，不会再收到该店短信。想回来时，请发送“{ $phrase }”。
left-short = 您已退出{ $shop }会员，不会再收到该店短信。
leave-question = 要退出{ $shop }会员吗？确认请回复“是”。要退出其他店，请发送“退会+店名”。
leave-which = 您想退出哪家店？请回复对应的数字。
leave-kept = 好的，一切照旧。
leave-not-in = 您不是{ $shop }的会员，不会收到该店短信。回复“STOP”退订全部短信。

## 语言

language-name = 中文
language-which = 您想用哪种语言？请回复对应的数字。
language-set = 好的，以后用中文给您发短信。
language-offer = 想用中文？请回复“中文”。

## 帮助、退订、恢复

help-one = 【{ $shop }】发送“积分”查询，回复“STOP”退订。每月最多{ $per_month }条短信，可能产生短信和流量费用。如有疑问，请联系：{ $contact }
help-counter = 【{ $shop }】发送“积分”查询，回复“STOP”退订。每月最多{ $per_month }条短信，可能产生短信和流量费用。如有疑问，请到店内咨询。
help-several = { $shops }：发送“积分”查询，回复“STOP”退订。每月最多{ $per_month }条短信，可能产生短信和流量费用。
stop-confirmed = 【{ $shops }】您已退订，不会再收到短信。想恢复时，请回复“START”。
stop-confirmed-plain = 您已退订，不会再收到短信。想恢复时，请回复“START”。
stop-question = 如不想再收到短信，请回复“STOP”；想继续接收，请回复“继续”。如果您不回复，我们就不再给您发优惠信息。
stop-kept = 谢谢，一切照旧。随时可回复“STOP”退订。
start-confirmed = 【{ $shops }】短信服务已恢复，每月最多{ $per_month }条，可能产生短信和流量费用。回复“积分”查询，“帮助”获取帮助，“STOP”退订。
start-plain = 短信服务已恢复。
start-already = 【{ $shops }】短信服务开启中，每月最多{ $per_month }条，可能产生短信和流量费用。回复“积分”查询，“帮助”获取帮助，“STOP”退订。
start-already-plain = 短信服务开启中。

## 其他

hint-sorry = 抱歉，没看懂您的意思。
hint-hello = 您好！
hint-commands = 发送“积分”查询，发送“帮助”获取帮助。
hint-contact = 如有疑问，请联系：{ $contact }
hint-stop = 您不是会员，我们不会给您发短信。如想确保永不收到，请回复“STOP”。

## 店员短信

staff-earned = { $name }：{ $gain }，现有{ $held }。
staff-nothing = { $name }：已记录，但没有奖励，现有{ $held }。
staff-gift = 请给{ $name }：{ $reward }，券码{ $code }。
staff-redeemed = { $code }：{ $name }的{ $reward }，已核销。
staff-used = { $code }已于{ $when }由{ $who }核销。
staff-used-today = 今天{ $time }
staff-used-before = { $day } { $time }
staff-code-over = { $code }已失效。
staff-code-unknown = 本店没有券码{ $code }。
staff-unknown = 本店没有号码为{ $phone }的会员。如需邀请，请发送“邀请 { $phone }”。
staff-undone-sale = 已撤销。{ $name }现有{ $held }。
staff-undone-voucher = 已撤销。{ $name }的{ $code }（{ $reward }）可再次使用。
staff-undone-waiting = 已撤销，不再等待对方回复。
staff-undo-none = 没有可撤销的记录：只能撤销您{ $minutes }分钟内的最后一笔。
staff-again = 刚刚已为{ $name }记录。如果确实又有一笔，请一分钟后再发一次。
staff-enough-hour = 一小时内已记录{ $count }笔，达到短信上限，{ $time }后可继续。
staff-enough-day = 今天已为{ $name }记录{ $count }次，达到短信上限。
staff-which = 是哪家店？请在末尾加上编号再发一次，例如{ $example }
staff-how = 店员：发送“打卡 号码”“消费 号码 金额”“兑换 券码”“撤销”或“邀请 号码”。
staff-invited = 已发短信邀请{ $phone }。您记录的内容会等对方回复“是”，至{ $day }为止。
staff-waits = { $phone }：已记录，等对方回复“是”，至{ $day }为止。
staff-not-invited = 无法邀请{ $phone }：对方已被问过、不想收短信，或收不到我们的短信。
staff-member = { $name }已是会员，现有{ $held }。

## 邀请与换号

invited = 【{ $shop }】{ $day }前回复“是”入会，即得{ $held }，并定期接收短信，每月最多{ $per_month }条，可能产生短信和流量费用。回复“帮助”获取帮助，“STOP”退订。
merged-away = 【{ $shop }】您在这里的积分已转到您的另一个号码，请用该号码发送“积分”查询。
